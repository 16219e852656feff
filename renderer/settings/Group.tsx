import { useId, type ReactNode } from 'react'
import styles from './Group.module.css'

interface Props {
  /** Omitted where the page has only one group. */
  title?: string
  children: ReactNode
}

/** A group of settings. */
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
