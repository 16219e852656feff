import { clsx } from 'clsx'
import styles from './Badge.module.css'

interface Props {
  count: number
  /** Whether it includes mentions; shown in orange. */
  mention?: boolean
  /** A description of the number. */
  label: string
  className?: string | undefined
}

/** A number of unread messages; nothing at zero. */
export const Badge = ({ count, mention = false, label, className }: Props) =>
  count > 0 && (
    <span className={clsx(styles.badge, mention && styles.mention, className)} role="img" aria-label={label}>
      {count > 999 ? '999+' : count}
    </span>
  )
