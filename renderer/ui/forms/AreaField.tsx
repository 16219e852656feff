import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import styles from './Field.module.css'
import { FieldFrame, type FrameProps } from './FieldFrame.tsx'

interface Props extends FrameProps, ComponentProps<'textarea'> {}

/** An input of several lines, which grows with its text, with its label, and a hint or an error below. */
export const AreaField = ({ label, hideLabel, hint, error, ...area }: Props) => (
  <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error}>
    {aria => (
      <textarea
        className={clsx(styles.input, styles.area)}
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        rows={2}
        {...aria}
        {...area}
      />
    )}
  </FieldFrame>
)
