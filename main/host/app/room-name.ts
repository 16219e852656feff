/** Names of public rooms are unique. */
import { refused } from '../wire/refusal.ts'
import type { Room, Rooms } from '../rooms/rooms.ts'

/**
 * Only public rooms count: a refusal must not tell outsiders about private ones.
 * @param except the room that already has the name.
 * @throws {RefusedError} `room-name-taken`
 */
export const requireFreeName = (rooms: Rooms, name: string, except?: Room): void => {
  const room = rooms.named(name)
  if (room && room !== except)
    throw refused('room-name-taken', `there is a room called "${room.name}" already: choose another name`)
}
