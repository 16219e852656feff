import { clsx } from 'clsx'
import styles from './Lamp.module.css'

/** The lamp: lit only while this computer is the box. Decoration: words say the same beside it. */
export const Lamp = ({ lit, className }: { lit: boolean; className?: string | undefined }) => (
  <i className={clsx(styles.lamp, lit && styles.lit, className)} />
)
