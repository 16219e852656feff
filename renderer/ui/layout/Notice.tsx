import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

/** An error message next to its cause. */
export const Notice = ({ children }: { children: ReactNode }) => (
  <p className={styles.notice} role="alert">
    <CircleAlert />
    <span>{children}</span>
  </p>
)
