import { useTranslation } from 'react-i18next'
import styles from '../Separator.module.css'

/** Where the messages begin that the person had not seen. */
export const NewLine = () => {
  const { t } = useTranslation('messages')
  return (
    <div className={styles.new} role="separator">
      <span>{t('new')}</span>
    </div>
  )
}
