import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogButtons } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { formText } from '../ui/form-text.ts'
import { Setting } from '../ui/Setting.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useAttempt } from '../use-attempt.ts'
import { useMessenger, useStore } from '../use-store.ts'
import styles from './RoomForm.module.css'

/** Makes a room on a Stompbox host, or takes up a destination of any other server; opens it. */
export const CreateRoomDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation(['rooms', 'common'])
  const errorText = useErrorText()
  const { api, store } = useMessenger()
  const taken = useStore(state => state.servers.find(server => server.id === serverId)?.kind === 'stomp')
  const [named, setNamed] = useState(false)
  const [isPrivate, setPrivate] = useState(false)
  const { attempt, busy, error } = useAttempt()
  const { closeDialog, openRoom } = store.getState()
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = formText(new FormData(event.currentTarget), 'name')
    if (name === '') return
    void attempt(async () => {
      openRoom(await api.call('createRoom', { serverId, name, kind: isPrivate ? 'private' : 'public' }))
      closeDialog()
    })
  }
  return (
    <Dialog title={t(taken ? 'openTitle' : 'createTitle')} onClose={closeDialog}>
      <form
        className={styles.form}
        onSubmit={submit}
        onInput={event => setNamed(formText(new FormData(event.currentTarget), 'name') !== '')}
      >
        <Field
          name="name"
          label={t('name')}
          hint={taken && t('openHint')}
          error={error && errorText(error)}
          maxLength={64}
          autoFocus
        />
        {!taken && (
          <Setting name={t('private')} text={t(isPrivate ? 'privateHint' : 'createHint')}>
            {({ name, text }) => (
              <Switch checked={isPrivate} onChange={setPrivate} labelledBy={name} describedBy={text} />
            )}
          </Setting>
        )}
        <DialogButtons>
          <Button onClick={closeDialog}>{t('common:cancel')}</Button>
          <Button variant="primary" type="submit" disabled={busy || !named}>
            {t(taken ? 'openSubmit' : 'createSubmit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
