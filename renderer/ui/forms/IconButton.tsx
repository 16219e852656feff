import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { Tooltip } from '../marks/Tooltip.tsx'
import type { KeyName } from '../marks/Keys.tsx'
import styles from './IconButton.module.css'

interface Props extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Its accessible name and tooltip. */
  label: string
  /** The shortcut, shown in the tooltip. */
  keys?: readonly KeyName[]
  /** 28 px, or 24 px and muted. */
  size?: 'medium' | 'small'
}

/** A button with only an icon. */
export const IconButton = ({ label, keys, size = 'medium', className, type = 'button', ...rest }: Props) => (
  <Tooltip text={label} {...(keys && { keys })}>
    <button
      className={clsx(styles.button, styles[size], className)}
      type={type}
      aria-label={label}
      {...rest}
    />
  </Tooltip>
)
