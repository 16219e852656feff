import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { arrowStop } from '../ui/use-arrow-keys.ts'
import styles from './ListItem.module.css'

interface Props extends ComponentProps<'button'> {
  icon: ReactNode
  name: string
  current: boolean
  /** Something new in it: strong. */
  unread?: boolean
  /** What stands at the right: a count, a mark. */
  children?: ReactNode
}

/** A row of the list at the window's left: a room, or a page. */
export const ListItem = ({ icon, name, current, unread = false, children, className, ...button }: Props) => (
  <button
    type="button"
    className={clsx(styles.item, className)}
    aria-current={current ? 'page' : undefined}
    data-unread={unread || undefined}
    title={name}
    {...arrowStop(current)}
    {...button}
  >
    <span className={styles.icon}>{icon}</span>
    <span className={styles.name}>{name}</span>
    {children}
  </button>
)
