import { useTranslation } from 'react-i18next'
import { offers, type Room, type ServerId } from '../../shared/contract/model.ts'
import { sideBySide } from '../../shared/text/isolate.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Dialog, DialogButtons } from '../ui/overlays/Dialog.tsx'
import { serverOf } from '../store/model.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import { roomsToJoin } from '../store/view.ts'
import styles from './BrowseRoomsDialog.module.css'
import { namesakeHints } from './namesakes.ts'
import { RoomIcon } from './RoomIcon.tsx'

/** The rooms of a server that the person has not joined, each with a button to join it. */
export const BrowseRoomsDialog = ({ serverId }: { serverId: ServerId }) => {
  const { t } = useTranslation(['rooms', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const server = useStore(state => serverOf(state, serverId))
  const isOnline = useStore(state => state.connections[serverId]?.phase === 'online')
  const rooms = useStore(state => state.rooms)
  const open = roomsToJoin(rooms, serverId)
  const hints = namesakeHints(Object.values(rooms))
  const { closeDialog, openRoom, setOut } = store.getState()
  const join = async ({ key }: Room) => {
    closeDialog()
    const arrive = setOut()
    if ((await send('joinRoom', { room: key })) !== undefined) arrive(() => openRoom(key))
  }
  const aboutOf = ({ key, topic }: Room): string => sideBySide(hints.get(key), topic)
  /** Some servers list no rooms, and the others only while there is a connection. */
  const none =
    offers(server, 'rooms') === false ? 'browseUnlisted' : isOnline ? 'browseEmpty' : 'browseOffline'
  return (
    <Dialog title={t('browseTitle', { server: server?.name ?? '' })} onClose={closeDialog}>
      {open.length === 0 && <p className={styles.none}>{t(none)}</p>}
      <ul className={styles.rooms}>
        {open.map(room => (
          <li key={room.key} className={styles.room}>
            <RoomIcon room={room} />
            <span className={styles.words}>
              <b title={room.name} dir="auto">
                {room.name}
              </b>
              {aboutOf(room) && <span title={aboutOf(room)}>{aboutOf(room)}</span>}
            </span>
            <Button size="small" aria-label={`${t('join')}: ${room.name}`} onClick={() => void join(room)}>
              {t('join')}
            </Button>
          </li>
        ))}
      </ul>
      <DialogButtons>
        <Button onClick={closeDialog}>{t('common:close')}</Button>
      </DialogButtons>
    </Dialog>
  )
}
