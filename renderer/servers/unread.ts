import type { Room, RoomKey, ServerId } from '../../shared/contract/model.ts'

/** @returns how many messages wait in the joined rooms of a server, and how many of them name the person. */
export const unreadOf = (
  rooms: Readonly<Record<RoomKey, Room>>,
  serverId: ServerId | null,
): Pick<Room, 'unread' | 'mentions'> => {
  const sum = { unread: 0, mentions: 0 }
  for (const room of Object.values(rooms)) {
    if (room.serverId !== serverId || !room.joined) continue
    sum.unread += room.unread
    sum.mentions += room.mentions
  }
  return sum
}
