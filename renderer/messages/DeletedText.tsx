import { useTranslation } from 'react-i18next'
import styles from './DeletedText.module.css'

/** What stands in the place of the text of a message that was deleted. */
export const DeletedText = () => {
  const { t } = useTranslation('messages')
  return <p className={styles.deleted}>{t('deleted')}</p>
}
