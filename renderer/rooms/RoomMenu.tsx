import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { roomOf } from '../store/model.ts'
import { useStore } from '../store/use-store.ts'
import { Menu } from '../ui/overlays/Menu.tsx'
import type { RoomFacts } from '../store/room-facts.ts'
import { useRoomEntries } from './use-room-entries.tsx'

/** The menu of the open room. */
export const RoomMenu = ({ room }: { room: RoomFacts }) => {
  const { t } = useTranslation('rooms')
  const hasUnread = useStore(state => (roomOf(state, room.key)?.unread ?? 0) > 0)
  return (
    <Menu entries={useRoomEntries(room, hasUnread)} align="end">
      <IconButton label={t('menu')}>
        <Ellipsis />
      </IconButton>
    </Menu>
  )
}
