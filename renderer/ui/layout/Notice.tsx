import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

/** What went wrong, at the place where it did. */
export const Notice = ({ children }: { children: ReactNode }) => (
  <p className={styles.notice} role="alert">
    <CircleAlert />
    <span>{children}</span>
  </p>
)
