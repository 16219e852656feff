import { Archive, ArchiveRestore, Ellipsis, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { mayDecide } from '../people/roles.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, type MenuEntry } from '../ui/Menu.tsx'
import { useSend, useStore } from '../use-store.ts'
import { useLeaveEntry } from './use-leave-entry.tsx'
import { useRoomRole } from './use-room-role.ts'

/** What one can do about the room that is open, by what one is there. */
export const RoomMenu = ({ room }: { room: Room }) => {
  const { key, archived } = room
  const { t } = useTranslation('rooms')
  const send = useSend()
  const openDialog = useStore(state => state.openDialog)
  const role = useRoomRole(key)
  const leave = useLeaveEntry(room)
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
  const entries = [
    ...(role && mayDecide(role) ? [rename] : []),
    ...(role === 'owner' ? [archive] : []),
    ...(role && mayDecide(role) ? [null] : []),
    leave,
  ]
  return (
    <Menu entries={entries} align="end">
      <IconButton label={t('menu')}>
        <Ellipsis />
      </IconButton>
    </Menu>
  )
}
