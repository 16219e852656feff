import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

interface Props {
  /** A large Lucide icon; by default the drawing of the box with its cable. */
  icon?: ReactNode
  title: string
  text?: string
  /** Whether it fills the sheet, so that its title is the page's heading. */
  isPage?: boolean
  /** The next step: one button, at most two. */
  children?: ReactNode
}

/** Placeholder for an empty view, with one next step. */
export const EmptyState = ({ icon, title, text, isPage = false, children }: Props) => (
  <div className={styles.nothing}>
    {icon ? <span className={styles.icon}>{icon}</span> : <Art />}
    {isPage ? <h1 className={styles.title}>{title}</h1> : <h2 className={styles.title}>{title}</h2>}
    {text && <p className={styles.text}>{text}</p>}
    {children && <div className={styles.next}>{children}</div>}
  </div>
)

const Art = () => (
  <svg className={styles.art} viewBox="0 0 120 88" aria-hidden="true">
    <path className={styles.line} d="M2 66C18 80 30 72 30 58S40 40 46 40" />
    <path className={styles.line} d="M118 30c-14-6-24 2-24 12s-12 8-20 8" />
    <path
      className={styles.shape}
      d="M53 22h14a9 9 0 0 1 9 9v20a9 9 0 0 1-9 9h-5l-8 6.5V60h-1a9 9 0 0 1-9-9V31a9 9 0 0 1 9-9z"
    />
    <circle className={styles.knob} cx="52" cy="31" r="2.2" />
    <circle className={styles.knob} cx="60" cy="31" r="2.2" />
    <circle className={styles.knob} cx="68" cy="31" r="2.2" />
    <circle className={styles.footswitch} cx="60" cy="46" r="6" />
  </svg>
)
