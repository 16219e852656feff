import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './PresenceLine.module.css'
import { dayKey } from './rows.ts'
import { clockTime, fullTime } from './time.ts'

interface Props {
  /** Ms since the epoch. */
  from: number
  until: number
}

/** Where messages may be missing, because the person was offline and the server keeps no history. */
export const OfflineLine = ({ from, until }: Props) => {
  const { t, i18n } = useTranslation('messages')
  const time = dayKey(from) === dayKey(until) ? clockTime : fullTime
  return (
    <div className={styles.line} data-offline>
      <Unplug className={styles.icon} aria-hidden="true" />
      <p>{t('offline', { from: time(i18n.language, from), until: time(i18n.language, until) })}</p>
    </div>
  )
}
