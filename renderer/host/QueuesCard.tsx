import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostMeasure, MeasuredQueue } from '../../shared/contract/host-measure.ts'
import type { ServerId } from '../../shared/contract/model.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { Card } from '../ui/layout/Card.tsx'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useSend } from '../store/use-store.ts'
import styles from './ActivityTable.module.css'
import { byteSize } from './byte-size.ts'

interface Props {
  /** The id of the box as a server. */
  serverId: ServerId
  measure: HostMeasure | undefined
}

/** The queues and streams of the box, the largest first, each with a button to delete it. Absent while there are none. */
export const QueuesCard = ({ serverId, measure }: Props) => {
  const { t, i18n } = useTranslation(['host', 'common'])
  const send = useSend()
  const [deleting, setDeleting] = useState<MeasuredQueue | null>(null)
  const { queues = [], moreQueues = 0 } = measure ?? {}
  const numbers = new Intl.NumberFormat(i18n.language)
  return (
    <>
      {queues.length > 0 && (
        <Card title={t('queues')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('queueName')}</th>
                <th scope="col">{t('queueMessages')}</th>
                <th scope="col">{t('queueSize')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {queues.map(queue => (
                <tr key={queue.destination}>
                  <th scope="row" title={queue.destination}>
                    <span dir="auto">{queue.destination}</span>
                  </th>
                  <td>{numbers.format(queue.messages)}</td>
                  <td>{byteSize(i18n.language, queue.bytes)}</td>
                  <td>
                    <IconButton
                      size="small"
                      label={t('queueDelete', { name: queue.destination })}
                      onClick={() => setDeleting(queue)}
                    >
                      <Trash2 />
                    </IconButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {moreQueues > 0 && <p className={styles.more}>{t('moreQueues', { count: moreQueues })}</p>}
        </Card>
      )}
      {deleting && (
        <ConfirmDialog
          title={t('queueDeleteTitle', { name: deleting.destination })}
          text={t('queueDeleteText', { context: deleting.kind })}
          keep={t('common:cancel')}
          confirm={t('queueDeleteConfirm')}
          onConfirm={() => void send('deleteQueue', { serverId, destination: deleting.destination })}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  )
}
