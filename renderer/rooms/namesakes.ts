/** Rooms of one server that have the same name. */
import type { Room, RoomKey } from '../../shared/contract/model.ts'
import { compose } from '../../shared/text/compose.ts'

/** Direct rooms are named after people, whose names are unique. */
const nameOn = ({ serverId, name, kind }: Room): string | null =>
  kind === 'direct' ? null : `${serverId}\n${compose(name).trim().toLowerCase()}`

/** @returns for each room with a namesake among `rooms` what distinguishes it: its id on the server. */
export const namesakeHints = (rooms: readonly Room[]): ReadonlyMap<RoomKey, string> => {
  const first = new Map<string, Room>()
  const hints = new Map<RoomKey, string>()
  for (const room of rooms) {
    const name = nameOn(room)
    if (name === null) continue
    const other = first.get(name)
    if (!other) first.set(name, room)
    else for (const { key, roomId } of [other, room]) hints.set(key, roomId)
  }
  return hints
}
