import { useTranslation } from 'react-i18next'
import styles from './MissingText.module.css'

/** Says why a message has no text. */
export const MissingText = ({ reason }: { reason: 'deleted' | 'unreadable' }) => {
  const { t } = useTranslation('messages')
  return <p className={styles.missing}>{t(reason)}</p>
}
