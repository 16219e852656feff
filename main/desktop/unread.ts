/** The one count of what is unread, for the tray, the badge and the window's title alike. */
import { unreadForPerson, type Room } from '../../shared/contract/model.ts'

export interface Unread {
  messages: number
  /** Those for the person alone. */
  mentions: number
  /** Rooms with something unread: those with something for the person alone first, then the newest first. */
  rooms: Room[]
}

/** Rooms that the person has left do not count. */
export const countUnread = (rooms: readonly Room[]): Unread => {
  const unread = rooms.filter(room => room.joined && room.unread > 0)
  return {
    messages: unread.reduce((sum, room) => sum + room.unread, 0),
    mentions: unread.reduce((sum, room) => sum + unreadForPerson(room), 0),
    rooms: unread.toSorted(
      (a, b) =>
        Number(unreadForPerson(b) > 0) - Number(unreadForPerson(a) > 0) ||
        (b.last?.at ?? 0) - (a.last?.at ?? 0),
    ),
  }
}
