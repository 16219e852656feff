import { useId, type ReactNode } from 'react'
import styles from './Group.module.css'

interface Props {
  /** Left out where the page holds one group only. */
  title?: string
  children: ReactNode
}

/** Settings that belong together. */
export const Group = ({ title, children }: Props) => {
  const id = useId()
  return (
    <section aria-labelledby={title && id}>
      {title && (
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
      )}
      {children}
    </section>
  )
}
