import type { ComponentProps } from 'react'
import styles from './Field.module.css'
import { FieldFrame, type FrameProps } from './FieldFrame.tsx'

interface Props extends FrameProps, ComponentProps<'input'> {}

/** A one-line input with its label, and a hint or an error below. */
export const Field = ({ label, hideLabel, hint, error, ...input }: Props) => (
  <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error}>
    {aria => (
      <input className={styles.input} dir="auto" spellCheck={false} autoComplete="off" {...aria} {...input} />
    )}
  </FieldFrame>
)
