/** The lines between messages: above a day, and above the messages that the person has not seen. */
import { useTranslation } from 'react-i18next'
import { useNow } from '../../store/use-now.ts'
import styles from './separators.module.css'
import { dayTick, longDay, nearDay } from './time.ts'

/** Where a day begins in the list; `at` is a time within it, in ms since the epoch. */
export const DayLine = ({ at }: { at: number }) => {
  const { t, i18n } = useTranslation('messages')
  const now = useNow(dayTick)
  const near = nearDay(at, now)
  return (
    <div className={styles.day} role="separator">
      <span>{near ? t(near) : longDay(i18n.language, at, now)}</span>
    </div>
  )
}

/** Where the messages begin that the person had not seen. */
export const NewLine = () => {
  const { t } = useTranslation('messages')
  return (
    <div className={styles.new} role="separator">
      <span>{t('new')}</span>
    </div>
  )
}
