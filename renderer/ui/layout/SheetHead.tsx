import type { ReactNode } from 'react'
import styles from './SheetHead.module.css'

interface Props {
  /** Before the title. */
  icon?: ReactNode
  title: string
  /** A side note after the title. */
  note?: string
  /** Buttons at the right. */
  children?: ReactNode
}

/** The head of what is in the sheet: a page, a server, a room. */
export const SheetHead = ({ icon, title, note, children }: Props) => (
  <header className={styles.head}>
    {icon}
    <h1 className={styles.title} title={title} dir="auto">
      {title}
    </h1>
    {note && (
      <p className={styles.note} title={note} dir="auto">
        {note}
      </p>
    )}
    {children && <div className={styles.actions}>{children}</div>}
  </header>
)
