import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { maxTopicLength } from '../../shared/contract/messenger-commands.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogButtons } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { formText } from '../ui/form-text.ts'
import { useAttempt } from '../use-attempt.ts'
import { useMessenger, useStore } from '../use-store.ts'
import styles from './RoomForm.module.css'

/** Gives a room of a Stompbox host another name and topic. */
export const RenameRoomDialog = ({ room: key }: { room: RoomKey }) => {
  const { t } = useTranslation(['rooms', 'common'])
  const errorText = useErrorText()
  const { api } = useMessenger()
  const room = useStore(state => state.rooms[key])
  const close = useStore(state => state.closeDialog)
  const [named, setNamed] = useState(true)
  const { attempt, busy, error } = useAttempt()
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = formText(form, 'name')
    if (name === '') return
    void attempt(async () => {
      await api.call('renameRoom', { room: key, name, topic: formText(form, 'topic') })
      close()
    })
  }
  return (
    <Dialog title={t('renameTitle')} onClose={close}>
      <form
        className={styles.form}
        onSubmit={submit}
        onInput={event => setNamed(formText(new FormData(event.currentTarget), 'name') !== '')}
      >
        <Field
          name="name"
          label={t('name')}
          error={error && errorText(error)}
          maxLength={64}
          defaultValue={room?.name ?? ''}
          autoFocus
        />
        <Field
          name="topic"
          label={t('topic')}
          hint={t('topicHint')}
          maxLength={maxTopicLength}
          defaultValue={room?.topic ?? ''}
        />
        <DialogButtons>
          <Button onClick={close}>{t('common:cancel')}</Button>
          <Button variant="primary" type="submit" disabled={busy || !named}>
            {t('common:save')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
