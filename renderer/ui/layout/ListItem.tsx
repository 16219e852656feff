import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import styles from './ListItem.module.css'
import { arrowStop } from './use-arrow-keys.ts'

interface Props extends ComponentProps<'button'> {
  icon: ReactNode
  name: string
  current: boolean
  /** Reached by the tab key: the current one, or the first where none is. */
  stop?: boolean
  /** Something new in it: strong. */
  unread?: boolean
  /** What stands at the right: a count, a mark. */
  children?: ReactNode
}

/** A row of the side list: a room, or a page. */
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
