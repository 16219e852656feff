import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Switch } from '../ui/forms/Switch.tsx'
import { useMessenger, useStore } from '../store/use-store.ts'
import { RoomForm } from './RoomForm.tsx'

/** Creates a room on a Stompbox host, or opens a destination of any other server as a room. */
export const CreateRoomDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation('rooms')
  const { api, store } = useMessenger()
  const taken = useStore(state => state.servers.find(server => server.id === serverId)?.kind === 'stomp')
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
