import { useId, useRef, type ReactNode } from 'react'
import styles from './SideList.module.css'
import { useArrowKeys } from './use-arrow-keys.ts'

interface Props {
  head: ReactNode
  /** The list's name for screen readers. */
  label: string
  /** Sections of list items. */
  children: ReactNode
}

/** The list on the left of the window. It is one tab stop; arrow keys move through it. */
export const SideList = ({ head, label, children }: Props) => {
  const body = useRef<HTMLElement>(null)
  const onKeyDown = useArrowKeys(body)
  return (
    <aside className={styles.list}>
      <header className={styles.head}>{head}</header>
      <nav className={styles.body} ref={body} onKeyDown={onKeyDown} aria-label={label}>
        {children}
      </nav>
    </aside>
  )
}

interface SectionProps {
  title: string
  /** Buttons to the right of the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A section of the list. */
export const SideSection = ({ title, actions, children }: SectionProps) => {
  const id = useId()
  return (
    <div role="group" className={styles.section} aria-labelledby={id}>
      <header className={styles.title}>
        <h2 id={id}>{title}</h2>
        {actions}
      </header>
      {children}
    </div>
  )
}
