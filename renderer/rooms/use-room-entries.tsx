import { Archive, ArchiveRestore, DoorOpen, FileDown, MailOpen, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { mayDecide } from '../people/roles.ts'
import type { MenuEntry } from '../ui/overlays/Menu.tsx'
import { hasDesktop } from '../store/surface.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { useRoomRole } from './use-room-role.ts'

/** The room that every Stompbox host has; its owners own the host. */
const hostsFirstRoom = 'general'

/**
 * @returns the actions for a room, by the person's role, which is known for the open room. Nobody can leave a direct room, because they
 * would not see what the other person writes there.
 */
export const useRoomEntries = (
  { key, roomId, name, kind, archived }: RoomFacts,
  hasUnread: boolean,
): MenuEntry[] => {
  const { t } = useTranslation(['rooms', 'keeping'])
  const { store } = useMessenger()
  const send = useSend()
  const role = useRoomRole(key)
  const desktop = useStore(hasDesktop)
  const { openDialog, notify, setOut, leaveRoom } = store.getState()

  const markRead = async () => {
    const page = await send('listMessages', { room: key, limit: 1 })
    const newest = page?.messages.at(-1)
    if (newest) await send('markRead', { room: key, upTo: newest.id })
  }
  const leave = async () => {
    const arrive = setOut()
    if ((await send('leaveRoom', { room: key })) === undefined) return
    notify(t('left', { room: name }))
    arrive(() => leaveRoom(key))
  }
  const read: MenuEntry = { label: t('markRead'), icon: <MailOpen />, select: () => void markRead() }
  const rename: MenuEntry = {
    label: t('rename'),
    icon: <Pencil />,
    select: () => openDialog({ name: 'rename-room', room: key }),
  }
  const archive: MenuEntry = archived
    ? {
        label: t('restore'),
        icon: <ArchiveRestore />,
        select: () => void send('archiveRoom', { room: key, archived: false }),
      }
    : {
        label: t('archive'),
        icon: <Archive />,
        select: () => openDialog({ name: 'archive-room', room: key }),
      }
  const exporting: MenuEntry = {
    label: t('keeping:export'),
    icon: <FileDown />,
    select: () => openDialog({ name: 'export-room', room: key }),
  }
  const open: MenuEntry[] = [
    ...(hasUnread ? [read] : []),
    ...(role && mayDecide(role) ? [rename] : []),
    ...(role === 'owner' ? [archive] : []),
    ...(desktop ? [exporting] : []),
  ]
  if (kind === 'direct') return open
  const out = { label: t('leave'), icon: <DoorOpen />, danger: true, select: () => void leave() }
  const remove: MenuEntry = {
    label: t('delete'),
    icon: <Trash2 />,
    danger: true,
    select: () => openDialog({ name: 'delete-room', room: key }),
  }
  const away = role === 'owner' && roomId !== hostsFirstRoom ? [out, remove] : [out]
  return open.length > 0 ? [...open, null, ...away] : away
}
