/** The count of unread messages, shared by tray, badge and window title. */
import { unreadForPerson, type Room } from '../../shared/contract/model.ts'

export interface Unread {
  messages: number
  /** Mentions and direct messages among them. */
  mentions: number
  /** Rooms with unread messages: those with mentions or direct messages first, then the newest first. */
  rooms: Room[]
}

/** Leaves out rooms that the person has left. */
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
