import type { RoomFacts } from '../../store/room-facts.ts'
import { MessageMenu } from '../row/MessageMenu.tsx'
import { isShown } from '../row/rows.ts'
import { EmptyRoom } from './EmptyRoom.tsx'
import { LatestButton } from './LatestButton.tsx'
import { LoadFailure } from './LoadFailure.tsx'
import styles from './MessageList.module.css'
import { MessageStream } from './MessageStream.tsx'
import type { RoomWindow } from './room-window.ts'
import { useLoaded } from './use-loaded.ts'

interface Props {
  room: RoomFacts
  roomWindow: RoomWindow
}

/** The messages of a room that are loaded, and what is to be said about them. */
export const MessageList = ({ room, roomWindow }: Props) => (
  <div className={styles.frame}>
    <MessageMenu room={room} find={id => roomWindow.state().messages.find(message => message.id === id)}>
      <MessageStream room={room} roomWindow={roomWindow} />
    </MessageMenu>
    <Overlay room={room} roomWindow={roomWindow} />
  </div>
)

/** What lies over the messages: apart from them, so that the menu need not be rendered whenever one comes in. */
const Overlay = ({ room, roomWindow }: Props) => {
  const { phase, messages, hasEarlier, error, atEnd } = useLoaded(roomWindow)
  return (
    <>
      {phase === 'ready' && !hasEarlier && !messages.some(isShown) && <EmptyRoom room={room} />}
      {error && <LoadFailure error={error} retry={() => void roomWindow.retry()} />}
      {atEnd === false && <LatestButton room={room.key} roomWindow={roomWindow} messages={messages} />}
    </>
  )
}
