import { useId, type ReactNode } from 'react'
import styles from './Card.module.css'

interface Props {
  title: string
  /** A note to the right of the title. */
  note?: string
  /** A button to the right of the title. */
  action?: ReactNode
  children: ReactNode
}

/** A section of a page, with a title. */
export const Card = ({ title, note, action, children }: Props) => {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note && <span>{note}</span>}
        {action}
      </header>
      {children}
    </section>
  )
}
