import { unreadForPerson, type Room, type RoomKey, type ServerId } from '../../shared/contract/model.ts'

/** @returns the unread messages in the joined rooms of a server, and the mentions and direct messages among them. */
export const unreadOf = (
  rooms: Readonly<Record<RoomKey, Room>>,
  serverId: ServerId | null,
): Pick<Room, 'unread' | 'mentions'> => {
  const sum = { unread: 0, mentions: 0 }
  for (const room of Object.values(rooms)) {
    if (room.serverId !== serverId || !room.joined) continue
    sum.unread += room.unread
    sum.mentions += unreadForPerson(room)
  }
  return sum
}
