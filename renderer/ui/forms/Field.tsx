import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './Field.module.css'

interface Props extends ComponentProps<'input'> {
  label: string
  hint?: ReactNode
  /** What is wrong with the value; replaces the hint. */
  error?: string | null
}

/** A one-line input with its label, and a hint or an error below. */
export const Field = ({ label, hint, error, ...input }: Props) => {
  const id = useId()
  const [name, note] = [`${id}-name`, `${id}-note`]
  const noteShown = error ?? hint
  return (
    <label className={styles.field}>
      <span className={styles.label} id={name}>
        {label}
      </span>
      <input
        className={styles.input}
        dir="auto"
        spellCheck={false}
        autoComplete="off"
        // The label contains the note too, which should only be the description.
        aria-labelledby={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={noteShown ? note : undefined}
        {...input}
      />
      {noteShown && (
        <span className={error ? styles.bad : styles.hint} id={note} {...(error && { role: 'alert' })}>
          {noteShown}
        </span>
      )}
    </label>
  )
}
