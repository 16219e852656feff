import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../composer/Composer.tsx'
import type { RoomKey } from '../../shared/contract/model.ts'
import { sideBySide } from '../../shared/text/isolate.ts'
import { hasMembers } from '../people/has-members.ts'
import { MembersButton } from '../people/MembersButton.tsx'
import { RefusalBanner } from '../rooms/RefusalBanner.tsx'
import { closedBecause } from '../rooms/closed.ts'
import { namesakeHints } from '../rooms/namesakes.ts'
import { useRoomFacts } from '../store/room-facts.ts'
import { RoomIcon } from '../rooms/RoomIcon.tsx'
import { RoomMenu } from '../rooms/RoomMenu.tsx'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { SheetHead } from '../ui/layout/SheetHead.tsx'
import { useStore } from '../store/use-store.ts'
import { MessageList } from './list/MessageList.tsx'
import { useRoomWindow } from './list/use-room-window.ts'

interface Props {
  room: RoomKey
  /** A banner about the connection, under the head. */
  banner?: ReactNode
}

/** One room: head, messages, composer. It stays as it is when the room goes, and says so. Give it the room's key as its `key`. */
export const RoomView = ({ room: key, banner }: Props) => {
  const { t } = useTranslation('messages')
  const room = useRoomFacts(key)
  const closed = useStore(state => room && closedBecause(room, state.servers))
  const membersKnown = useStore(state => room !== undefined && hasMembers(room, state.servers))
  const hint = useStore(({ rooms }) => namesakeHints(Object.values(rooms)).get(key))
  const openSearch = useStore(state => state.openSearch)
  const roomWindow = useRoomWindow(key)
  if (!room || closed === undefined) return null
  const isIn = closed === null || closed === 'archived'
  return (
    <>
      <SheetHead icon={<RoomIcon room={room} />} title={room.name} note={sideBySide(hint, room.topic)}>
        {isIn && membersKnown && <MembersButton room={room} />}
        <IconButton label={t('searchRoom')} onClick={() => openSearch(key)}>
          <Search />
        </IconButton>
        {isIn && room.kind !== 'direct' && <RoomMenu room={room} />}
      </SheetHead>
      {banner}
      <RefusalBanner room={key} />
      <MessageList room={room} roomWindow={roomWindow} />
      <Composer room={room} roomWindow={roomWindow} closed={closed} />
    </>
  )
}
