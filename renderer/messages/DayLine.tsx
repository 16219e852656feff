import { useTranslation } from 'react-i18next'
import { useNow } from '../use-now.ts'
import styles from './Separator.module.css'
import { longDay, nearDay } from './time.ts'

/** A day begins on a quarter of an hour of UTC in every time zone there is. */
const quarterHour = 15 * 60_000

/** Where a day begins in the list; `at` is a time within it, in ms since the epoch. */
export const DayLine = ({ at }: { at: number }) => {
  const { t, i18n } = useTranslation('messages')
  const now = useNow(quarterHour)
  const near = nearDay(at, now)
  return (
    <div className={styles.day} role="separator">
      <span>{near ? t(near) : longDay(i18n.language, at, now)}</span>
    </div>
  )
}
