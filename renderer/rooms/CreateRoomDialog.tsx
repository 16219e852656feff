import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offers, type ServerId } from '../../shared/contract/model.ts'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Switch } from '../ui/forms/Switch.tsx'
import { serverOf } from '../store/model.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { RoomForm } from './RoomForm.tsx'

/** Creates a room where the server lists its rooms; elsewhere opens the room with that id. */
export const CreateRoomDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('rooms')
  const { api, store } = useMessenger()
  const server = useStore(state => serverOf(state, serverId))
  const taken = offers(server, 'rooms') === false
  const [isPrivate, setPrivate] = useState(false)
  const { closeDialog, openRoom, setOut } = store.getState()
  return (
    <Dialog title={t(taken ? 'openTitle' : 'createTitle')} onClose={closeDialog}>
      <RoomForm
        hint={taken && t('openHint')}
        submitLabel={t(taken ? 'openSubmit' : isPrivate ? 'createPrivate' : 'createSubmit')}
        onSubmit={async name => {
          const kind = isPrivate ? 'private' : 'public'
          const arrive = setOut()
          const room = await api.call('createRoom', { serverId, name, kind })
          arrive(() => {
            closeDialog()
            openRoom(room)
          })
        }}
      >
        {!taken && (
          <Setting name={t('private')} text={t(isPrivate ? 'privateHint' : 'createHint')}>
            {({ name, text }) => (
              <Switch checked={isPrivate} onChange={setPrivate} labelledBy={name} describedBy={text} />
            )}
          </Setting>
        )}
      </RoomForm>
    </Dialog>
  )
}
