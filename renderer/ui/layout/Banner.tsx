import type { ReactNode } from 'react'
import styles from './Banner.module.css'

interface Props {
  icon: ReactNode
  /** Small buttons with remedies. */
  actions?: ReactNode
  children: ReactNode
}

/** A banner under the head of a view that reports a problem. */
export const Banner = ({ icon, actions, children }: Props) => (
  <div className={styles.banner} role="status">
    {icon}
    <p>{children}</p>
    {actions}
  </div>
)
