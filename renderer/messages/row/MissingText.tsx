import { useTranslation } from 'react-i18next'
import type { MissingReason } from './missing-text.ts'
import styles from './MissingText.module.css'

/** Says why a message has no text. */
export const MissingText = ({ reason }: { reason: MissingReason }) => {
  const { t } = useTranslation('messages')
  return <p className={styles.missing}>{t(reason)}</p>
}
