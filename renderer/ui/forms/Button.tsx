import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import styles from './Button.module.css'

interface Props extends ComponentProps<'button'> {
  /** Filled for the main action of a view, outlined for others, bare for minor ones, crimson for irreversible ones. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet'
  size?: 'small' | 'medium' | 'large'
}

/** A button with a label and an optional icon. */
export const Button = ({
  variant = 'secondary',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: Props) => (
  <button className={clsx(styles.button, styles[variant], styles[size], className)} type={type} {...rest} />
)
