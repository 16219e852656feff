import { useEffect, useEffectEvent, useState, type ComponentProps } from 'react'
import { useMessenger } from '../../store/use-store.ts'
import { Field } from './Field.tsx'

interface Props extends Omit<ComponentProps<typeof Field>, 'value' | 'defaultValue' | 'error' | 'onChange'> {
  /** The value that is saved. */
  kept: string
  /** @returns why the typed text can't be saved, as a sentence; null if it can. */
  check: (typed: string) => string | null
  onSave: (typed: string) => void
}

/**
 * A one-line input that needs no button: it saves on Enter and as soon as the focus leaves it. If its page goes before that, it saves then,
 * or says in a toast why it could not.
 */
export const SavedField = ({ kept, check, onSave, ...field }: Props) => {
  const { store } = useMessenger()
  const [typed, setTyped] = useState(kept)
  const [saved, setSaved] = useState(kept)
  const [known, setKnown] = useState(kept)
  const [error, setError] = useState<string | null>(null)
  if (kept !== known) {
    setKnown(kept)
    setSaved(kept)
    setTyped(kept)
  }
  const text = typed.trim()

  /** @returns why it was not saved. */
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
