import { CircleAlert, RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/model.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { useSend } from '../../store/use-store.ts'
import styles from './FailureNote.module.css'

/** Why a message did not go out, and the two ways on. */
export const FailureNote = ({ message: { room, id, failure } }: { message: Message }) => {
  const { t } = useTranslation('messages')
  const errorText = useErrorText()
  const send = useSend()
  return (
    <p className={styles.note}>
      <CircleAlert aria-hidden="true" />
      <span>{t('failed', { reason: failure ? errorText(failure) : '' }).trim()}</span>
      <span className={styles.next}>
        <Button variant="danger-quiet" size="small" onClick={() => void send('retryMessage', { room, id })}>
          <RotateCw />
          {t('retry')}
        </Button>
        <Button variant="quiet" size="small" onClick={() => void send('discardMessage', { room, id })}>
          {t('discard')}
        </Button>
      </span>
    </p>
  )
}
