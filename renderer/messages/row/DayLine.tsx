import { useTranslation } from 'react-i18next'
import { useNow } from '../../store/use-now.ts'
import styles from '../Separator.module.css'
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
