import type { ReactNode } from 'react'
import styles from './Banner.module.css'

interface Props {
  icon: ReactNode
  /** What can be done about it: small buttons. */
  actions?: ReactNode
  children: ReactNode
}

/** Says under the head of a view that something about it is not as it should be. */
export const Banner = ({ icon, actions, children }: Props) => (
  <div className={styles.banner} role="status">
    {icon}
    <p>{children}</p>
    {actions}
  </div>
)
