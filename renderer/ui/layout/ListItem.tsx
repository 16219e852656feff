import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import styles from './ListItem.module.css'
import { arrowStop } from './use-arrow-keys.ts'

interface Props extends ComponentProps<'button'> {
  icon: ReactNode
  name: string
  current: boolean
  /** Whether the tab key reaches it: the current item, or the first if none is current. */
  stop?: boolean
  /** Whether it has unread content; shown in bold. */
  unread?: boolean
  /** A count or mark on the right. */
  children?: ReactNode
}

/** A row of the side list: a room or a page. */
export const ListItem = ({
  icon,
  name,
  current,
  stop = current,
  unread = false,
  children,
  className,
  ...button
}: Props) => (
  <button
    type="button"
    className={clsx(styles.item, className)}
    aria-current={current ? 'page' : undefined}
    data-unread={unread || undefined}
    title={name}
    {...arrowStop(stop)}
    {...button}
  >
    <span className={styles.icon}>{icon}</span>
    <span className={styles.name} dir="auto">
      {name}
    </span>
    {children}
  </button>
)
