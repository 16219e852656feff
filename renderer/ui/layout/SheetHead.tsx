import type { ReactNode } from 'react'
import styles from './SheetHead.module.css'

interface Props {
  /** Before the title. */
  icon?: ReactNode
  title: string
  /** A note after the title. */
  note?: string
  /** Buttons on the right. */
  children?: ReactNode
}

/** The head of the sheet: of a page, a server or a room. */
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
