import { clsx } from 'clsx'
import styles from './Lamp.module.css'

/** The lamp, lit only while the box is on. Decorative: words next to it say the same. */
export const Lamp = ({ lit, className }: { lit: boolean; className?: string | undefined }) => (
  <i className={clsx(styles.lamp, lit && styles.lit, className)} />
)
