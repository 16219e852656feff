/** What goes on in the rooms, for the person at the host: of public ones each by its name, of all others how much it is together. */
import type { HostMeasure, MeasuredRoom } from '../../shared/contract/host-measure.ts'
import type { Client } from '../broker/hooks.ts'
import type { MessageLog } from './history/messages.ts'
import { roomOfMessages } from './room-topics.ts'
import type { Rooms } from './rooms.ts'

/** Rooms that are told of by name. */
const mostRooms = 50

interface RoomActivityOptions {
  rooms: Pick<Rooms, 'list'>
  messages: Pick<MessageLog, 'activity'>
  clients: Iterable<Client>
}

/** @returns who reads along in which room, each person once: in one pass over the subscriptions, however many rooms there are. */
const readersByRoom = (clients: Iterable<Client>): Map<string, Set<string>> => {
  const readers = new Map<string, Set<string>>()
  for (const client of clients) {
    for (const destination of client.destinations()) {
      const roomId = roomOfMessages(destination)
      if (roomId === null) continue
      const people = readers.get(roomId)
      if (people) people.add(client.principal.id)
      else readers.set(roomId, new Set([client.principal.id]))
    }
  }
  return readers
}

const byLastMessage = (a: MeasuredRoom, b: MeasuredRoom): number => (b.lastAt ?? 0) - (a.lastAt ?? 0)

/** Archived rooms are left out. */
export const roomActivity = ({
  rooms,
  messages,
  clients,
}: RoomActivityOptions): Pick<HostMeasure, 'rooms' | 'moreRooms' | 'closedRooms'> => {
  const readers = readersByRoom(clients)
  const open: MeasuredRoom[] = []
  const closedRooms = { count: 0, messages: 0 }
  for (const { roomId, name, kind, archived } of rooms.list()) {
    if (archived) continue
    const { count, lastAt } = messages.activity(roomId)
    if (kind === 'public') {
      open.push({ roomId, name, people: readers.get(roomId)?.size ?? 0, messages: count, lastAt })
    } else {
      closedRooms.count += 1
      closedRooms.messages += count
    }
  }
  const liveliest = new Set(open.toSorted(byLastMessage).slice(0, mostRooms))
  return {
    rooms: open.filter(room => liveliest.has(room)),
    moreRooms: open.length - liveliest.size,
    closedRooms,
  }
}
