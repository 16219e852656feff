import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useStore } from '../use-store.ts'
import styles from './EmptyRoom.module.css'

/** A room where nothing has been said. On the own box the next step is to bring people in. */
export const EmptyRoom = ({ room }: { room: Room }) => {
  const { t } = useTranslation('messages')
  const isOwn = useStore(state => state.servers.some(server => server.id === room.serverId && server.own))
  const show = useStore(state => state.show)
  return (
    <div className={styles.empty}>
      <EmptyState title={t('emptyTitle')} text={t(isOwn ? 'emptyBoxText' : 'emptyText')}>
        {isOwn && (
          <Button variant="primary" onClick={() => show({ name: 'host' })}>
            {t('invite')}
          </Button>
        )}
      </EmptyState>
    </div>
  )
}
