import type { Room } from '../../shared/contract/model.ts'
import { RoomBadge } from '../rooms/RoomBadge.tsx'
import { RoomIcon } from '../rooms/RoomIcon.tsx'
import { useStore } from '../use-store.ts'
import { Marked } from './Marked.tsx'
import { piecesOf } from './marks.ts'
import type { Sought } from '../../shared/text/query.ts'
import styles from './RoomRow.module.css'

interface Props {
  id: string
  room: Room
  sought: Sought
  isActive: boolean
  choose: () => void
  open: () => void
}

/** A room that was found by its name, and where it is. */
export const RoomRow = ({ id, room, sought, isActive, choose, open }: Props) => {
  const server = useStore(state => state.servers.find(candidate => candidate.id === room.serverId)?.name)
  return (
    <div
      id={id}
      className={styles.room}
      role="option"
      aria-selected={isActive}
      onMouseMove={isActive ? undefined : choose}
      onClick={open}
    >
      <RoomIcon room={room} />
      <b title={room.name} dir="auto">
        <Marked pieces={piecesOf(room.name, sought, 'name')} />
      </b>
      <span className={styles.server}>{server}</span>
      <RoomBadge room={room} />
    </div>
  )
}
