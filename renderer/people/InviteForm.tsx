import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { formText } from '../ui/forms/form-text.ts'
import { useAttempt } from '../store/use-attempt.ts'
import { useMessenger } from '../store/use-store.ts'
import styles from './InviteForm.module.css'

/** Invites a person to a private room by name. */
export const InviteForm = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('people')
  const { api } = useMessenger()
  const errorText = useErrorText()
  const [asked, setAsked] = useState('')
  const { attempt, busy, error } = useAttempt()
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const name = formText(new FormData(form), 'name')
    if (name === '') return
    setAsked(name)
    void attempt(async () => {
      await api.call('inviteMember', { room, name })
      // The next name may have been typed meanwhile.
      if (formText(new FormData(form), 'name') === name) form.reset()
    })
  }
  const why = error?.code === 'not-found' ? t('inviteUnknown', { name: asked }) : error && errorText(error)
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field name="name" label={t('invite')} hint={t('inviteHint')} error={why} maxLength={64} />
      <Button type="submit" disabled={busy}>
        {t('inviteSubmit')}
      </Button>
    </form>
  )
}
