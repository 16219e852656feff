import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './profile.module.css'

interface Props {
  title: string
  children: ReactNode
}

/** A part of the form that is folded until somebody opens it, or something in it is wrong. */
export const Section = ({ title, children }: Props) => (
  <details className={styles.section}>
    <summary className={styles.summary}>
      <ChevronRight />
      {title}
    </summary>
    <div className={styles.fields}>{children}</div>
  </details>
)

/** Fields under a heading. */
export const Group = ({ title, hint, children }: Props & { hint?: string }) => (
  <fieldset className={styles.group}>
    <legend className={styles.legend}>{title}</legend>
    {hint && <p className={styles.hint}>{hint}</p>}
    {children}
  </fieldset>
)
