import { useId, type ReactNode } from 'react'
import styles from './Field.module.css'

/** What a field has around its control. */
export interface FrameProps {
  label: string
  /** Whether the label is only read out, because a heading above says it. */
  hideLabel?: boolean | undefined
  hint?: ReactNode
  /** What is wrong with the value; replaces the hint. */
  error?: string | null | undefined
}

interface Props extends FrameProps {
  /** The control, with these attributes. */
  children: (aria: {
    'aria-labelledby': string
    'aria-invalid': true | undefined
    'aria-describedby': string | undefined
  }) => ReactNode
}

/** The label of a control, and a hint or an error below. */
export const FieldFrame = ({ label, hideLabel = false, hint, error, children }: Props) => {
  const id = useId()
  const [name, note] = [`${id}-name`, `${id}-note`]
  const noteShown = error ?? hint
  return (
    <label className={styles.field}>
      <span className={hideLabel ? styles.unseen : styles.label} id={name}>
        {label}
      </span>
      {children({
        // The label contains the note too, which should only be the description.
        'aria-labelledby': name,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': noteShown ? note : undefined,
      })}
      {noteShown && (
        <span className={error ? styles.bad : styles.hint} id={note} {...(error && { role: 'alert' })}>
          {noteShown}
        </span>
      )}
    </label>
  )
}
