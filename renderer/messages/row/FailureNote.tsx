import { CircleAlert, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/model.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { useSend } from '../../store/use-store.ts'
import { useEditUnsent } from './use-unsent-entries.tsx'
import styles from './FailureNote.module.css'

/**
 * Why a message did not go out, or may not have, and the ways on. One that may have arrived is not discarded: others would go on seeing it.
 */
export const FailureNote = ({ message }: { message: Message }) => {
  const { room, id, delivery, failure } = message
  const { t } = useTranslation('messages')
  const errorText = useErrorText()
  const send = useSend()
  const editUnsent = useEditUnsent(room)
  const reason = failure ? errorText(failure) : ''
  const isFailed = delivery === 'failed'
  return (
    <p className={styles.note}>
      <CircleAlert aria-hidden="true" />
      <span>{isFailed ? t('failed', { reason }).trim() : reason}</span>
      <span className={styles.next}>
        <Button variant="danger-quiet" size="small" onClick={() => void send('retryMessage', { room, id })}>
          <RotateCw />
          {t(isFailed ? 'retry' : 'sendAgain')}
        </Button>
        {isFailed && (
          <>
            <Button variant="quiet" size="small" onClick={() => editUnsent(message)}>
              {t('editUnsent')}
            </Button>
            <Button variant="quiet" size="small" onClick={() => void send('discardMessage', { room, id })}>
              {t('discard')}
            </Button>
          </>
        )}
      </span>
    </p>
  )
}
