import { Hash, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../composer/Composer.tsx'
import type { Room, RoomKey } from '../../shared/contract/model.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useStore } from '../use-store.ts'
import styles from './Conversation.module.css'
import { MessageList } from './MessageList.tsx'
import { useRoomWindow } from './use-room-window.ts'

interface Props {
  room: RoomKey
  /** What is to be said about the connection; stands under the head. */
  banner?: ReactNode
}

/** One room: head, messages, composer. Give it the room's key as its `key`. */
export const Conversation = ({ room: key, banner }: Props) => {
  const room = useStore(state => state.rooms[key])
  const roomWindow = useRoomWindow(key)
  if (!room) return null
  return (
    <>
      <Head room={room} />
      {banner}
      <MessageList room={room} roomWindow={roomWindow} />
      <Composer room={room} roomWindow={roomWindow} />
    </>
  )
}

const Head = ({ room }: { room: Room }) => {
  const { t } = useTranslation('messages')
  const openSearch = useStore(state => state.openSearch)
  return (
    <header className={styles.head}>
      <Hash className={styles.kind} aria-hidden="true" />
      <h1 className={styles.name} title={room.name}>
        {room.name}
      </h1>
      {room.topic && (
        <p className={styles.topic} title={room.topic}>
          {room.topic}
        </p>
      )}
      <span className={styles.space} />
      <IconButton label={t('searchRoom')} onClick={() => openSearch(room.key)}>
        <Search />
      </IconButton>
    </header>
  )
}
