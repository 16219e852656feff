/** Why nothing can be written in a room. */
import type { Absence, Room, ServerProfile } from '../../shared/contract/model.ts'

export type Closed = Absence | 'archived' | 'serverRemoved'

/** @returns why nobody or this person can't write in the room, or null. */
export const closedBecause = (room: Room, servers: readonly ServerProfile[]): Closed | null => {
  if (!servers.some(({ id }) => id === room.serverId)) return 'serverRemoved'
  if (!room.joined) return room.absence ?? 'left'
  return room.archived ? 'archived' : null
}
