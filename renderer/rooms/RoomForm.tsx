import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { DialogButtons } from '../ui/overlays/Dialog.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { formText } from '../ui/forms/form-text.ts'
import { useAttempt } from '../store/use-attempt.ts'
import { useStore } from '../store/use-store.ts'
import styles from './RoomForm.module.css'

interface Props {
  /** The initial name. */
  name?: string
  hint?: string | false
  submitLabel: string
  /** Runs the action and closes the dialog; the form shows what it throws. */
  onSubmit: (name: string, form: FormData) => Promise<void>
  /** Further fields. */
  children?: ReactNode
}

/** The form of a dialog about a room, which always has a name. */
export const RoomForm = ({ name = '', hint, submitLabel, onSubmit, children }: Props) => {
  const { t } = useTranslation(['rooms', 'common'])
  const errorText = useErrorText()
  const close = useStore(state => state.closeDialog)
  const [named, setNamed] = useState(name !== '')
  const { attempt, busy, error } = useAttempt()
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = formText(form, 'name')
    if (typed === '') return
    void attempt(() => onSubmit(typed, form))
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onInput={event => setNamed(formText(new FormData(event.currentTarget), 'name') !== '')}
    >
      <Field
        name="name"
        label={t('name')}
        hint={hint}
        error={error && errorText(error)}
        maxLength={64}
        defaultValue={name}
        autoFocus
      />
      {children}
      <DialogButtons>
        <Button onClick={close}>{t('common:cancel')}</Button>
        <Button variant="primary" type="submit" disabled={busy || !named}>
          {submitLabel}
        </Button>
      </DialogButtons>
    </form>
  )
}
