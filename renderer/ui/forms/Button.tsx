import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import styles from './Button.module.css'

interface Props extends ComponentProps<'button'> {
  /** Ink for the one decision of a view, an edge for the others, bare for the least, crimson for what can't be undone. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-quiet'
  size?: 'small' | 'medium' | 'large'
}

/** A button with words; an icon may stand before them. */
export const Button = ({
  variant = 'secondary',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: Props) => (
  <button className={clsx(styles.button, styles[variant], styles[size], className)} type={type} {...rest} />
)
