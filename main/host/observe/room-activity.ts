/** The activity in rooms, for the person who runs the host: each public room by name, all other rooms as one sum. */
import type { HostMeasure, MeasuredRoom } from '../../../shared/contract/host-measure.ts'
import type { Client } from '../../broker/options/hooks.ts'
import { isPattern, matcher } from '../../broker/destinations/topic-pattern.ts'
import { roomDestination, roomOfMessages } from '../../../shared/protocol/destinations.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Tails } from '../rooms/tails.ts'

/** The most rooms listed by name. */
const mostRooms = 50

interface RoomActivityOptions {
  rooms: Pick<Rooms, 'list'>
  tails: Pick<Tails, 'activity'>
  clients: Iterable<Client>
}

/**
 * @returns a function that counts the people who read along in a room, each once; scans the subscriptions once for all
 *   rooms.
 */
const readersOf = (clients: Iterable<Client>): ((roomId: string) => number) => {
  const byRoom = new Map<string, Set<string>>()
  const byPattern = new Map<string, Set<string>>()
  for (const client of clients) {
    for (const destination of client.destinations()) {
      const key = isPattern(destination) ? destination : roomOfMessages(destination)
      if (key === null) continue
      const map = key === destination ? byPattern : byRoom
      const people = map.get(key)
      if (people) people.add(client.principal.id)
      else map.set(key, new Set([client.principal.id]))
    }
  }
  const patterns = Array.from(byPattern, ([pattern, people]) => ({ matches: matcher(pattern), people }))
  return roomId => {
    const people = new Set(byRoom.get(roomId))
    for (const pattern of patterns)
      if (pattern.matches(roomDestination(roomId)))
        for (const personId of pattern.people) people.add(personId)
    return people.size
  }
}

const byLastMessage = (a: MeasuredRoom, b: MeasuredRoom): number => (b.lastAt ?? 0) - (a.lastAt ?? 0)

/** Archived rooms are left out. */
export const roomActivity = ({
  rooms,
  tails,
  clients,
}: RoomActivityOptions): Pick<HostMeasure, 'rooms' | 'moreRooms' | 'closedRooms'> => {
  const readers = readersOf(clients)
  const open: MeasuredRoom[] = []
  const closedRooms = { count: 0, messages: 0 }
  for (const { roomId, name, kind, archived } of rooms.list()) {
    if (archived) continue
    const { count, lastAt } = tails.activity(roomId)
    if (kind === 'public') {
      open.push({ roomId, name, people: readers(roomId), messages: count, lastAt })
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
