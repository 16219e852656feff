/** Why nothing can be written in a room. */
import type { Absence, ServerProfile } from '../../shared/contract/model.ts'
import type { RoomFacts } from '../store/room-facts.ts'

export type Closed = Absence | 'archived' | 'serverRemoved'

/** @returns why the person can't write in the room; null if they can. */
export const closedBecause = (room: RoomFacts, servers: readonly ServerProfile[]): Closed | null => {
  if (!servers.some(({ id }) => id === room.serverId)) return 'serverRemoved'
  if (!room.joined) return room.absence ?? 'left'
  return room.archived ? 'archived' : null
}
