import { useEffect, useEffectEvent, useState, type ComponentProps } from 'react'
import { useMessenger } from '../../store/use-store.ts'
import { Field } from './Field.tsx'

interface Props extends Omit<ComponentProps<typeof Field>, 'value' | 'defaultValue' | 'error' | 'onChange'> {
  /** The saved value. */
  kept: string
  /** @returns a sentence why the text can't be saved, or null. */
  check: (typed: string) => string | null
  onSave: (typed: string) => void
}

/**
 * A one-line input without a button: it saves on Enter and when it loses the focus. If it is unmounted before, it saves then, or shows a
 * toast with the reason why it could not.
 */
export const SavedField = ({ kept, check, onSave, ...field }: Props) => {
  const { store } = useMessenger()
  const [typed, setTyped] = useState(kept)
  const [saved, setSaved] = useState(kept)
  const [known, setKnown] = useState(kept)
  const [error, setError] = useState<string | null>(null)
  const text = typed.trim()
  if (kept !== known) {
    setKnown(kept)
    setSaved(kept)
    // What was typed meanwhile, and is not saved yet, stays.
    if (text === saved) setTyped(kept)
  }

  /** @returns the reason why it was not saved. */
  const save = (): string | null => {
    if (text === saved) return null
    const wrong = check(text)
    if (wrong === null) onSave(text)
    return wrong
  }
  const saveHere = (): void => {
    const wrong = save()
    setError(wrong)
    if (wrong === null) setSaved(text)
  }
  const leave = useEffectEvent(() => {
    const wrong = save()
    if (wrong !== null) store.getState().notify(wrong)
  })
  useEffect(() => () => leave(), [])
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        saveHere()
      }}
    >
      <Field
        {...field}
        value={typed}
        error={error}
        onChange={event => {
          setTyped(event.target.value)
          setError(null)
        }}
        onBlur={saveHere}
      />
    </form>
  )
}
