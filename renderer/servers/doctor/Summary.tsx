import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../i18n/use-error-text.ts'
import styles from './Doctor.module.css'
import type { Check } from './use-check.ts'

/** Says how a check goes, and how it went; read out by screen readers. */
export const Summary = ({ check: { steps, isRunning, error } }: { check: Check }) => {
  const { t } = useTranslation('doctor')
  const errorText = useErrorText()
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  const isWhole = steps.every(({ outcome }) => outcome !== 'skipped')
  const words = () => {
    if (error) return errorText(error)
    if (isRunning) return t('running')
    if (failed) return t('failedAt', { step: t(`step.${failed.name}`) })
    return steps.length > 0 && t(isWhole ? 'allPassed' : 'allPassedButTest')
  }
  return (
    <p className={styles.summing} role="status">
      {words()}
    </p>
  )
}
