import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../../shared/contract/errors.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'
import { Button } from '../../ui/forms/Button.tsx'
import styles from './LoadFailure.module.css'

/** Says over the list that a page of messages could not be read. */
export const LoadFailure = ({ error, retry }: { error: AppError; retry: () => void }) => {
  const { t } = useTranslation('messages')
  const errorText = useErrorText()
  return (
    <div className={styles.failure} role="alert">
      <CircleAlert aria-hidden="true" />
      <span>{t('loadFailed', { reason: errorText(error) })}</span>
      <Button size="small" onClick={retry}>
        {t('loadAgain')}
      </Button>
    </div>
  )
}
