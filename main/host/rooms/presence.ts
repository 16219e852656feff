/** Who is in a room right now: told on `/topic/presence.{roomId}`, and worked out for that alone. */
import { isPattern } from '../../broker/destinations/topic-pattern.ts'
import type { Client } from '../../broker/options/hooks.ts'
import { createCoalesced } from '../limits/coalesced.ts'
import { presenceDestination, roomOfMessages, roomOfPresence } from '../../../shared/protocol/destinations.ts'
import type { PresenceEvent } from '../../../shared/protocol/events.ts'
import { covers, hears } from '../wire/room-topics.ts'
import type { Rooms } from './rooms.ts'

/** Milliseconds from one event of a room to the next, at least. */
const interval = 1_000

export interface Presence {
  /**
   * A client changed its subscriptions: it entered or left a room, or began to watch presence. Costs little in a room without
   * listeners.
   */
  changed(destination: string): void
  stop(): void
}

interface PresenceOptions {
  rooms: Pick<Rooms, 'list' | 'find'>
  clients: () => Iterable<Client>
  hasListeners: (roomId: string, destination: string) => boolean
  publish: (roomId: string, destination: string, event: PresenceEvent) => void
}

export const createPresence = ({ rooms, clients, hasListeners, publish }: PresenceOptions): Presence => {
  /** Everybody who hears the room's messages, each once. */
  const peopleIn = (roomId: string): { personId: string; name: string }[] => {
    const room = rooms.find(roomId)
    if (!room) return []
    const people = new Map<string, { personId: string; name: string }>()
    for (const client of clients()) {
      const { id, name } = client.principal
      if (hears(client, room)) people.set(id, { personId: id, name })
    }
    return [...people.values()]
  }
  const events = createCoalesced(interval, roomId => {
    const destination = presenceDestination(roomId)
    if (hasListeners(roomId, destination))
      publish(roomId, destination, { type: 'PRESENCE', roomId, people: peopleIn(roomId) })
    return false
  })

  return {
    changed: destination => {
      const named = roomOfMessages(destination) ?? roomOfPresence(destination)
      const roomIds = isPattern(destination)
        ? rooms
            .list()
            .flatMap(({ kind, roomId }) => (kind === 'public' && covers(destination, roomId) ? roomId : []))
        : [named].filter(roomId => roomId !== null)
      for (const roomId of roomIds)
        if (hasListeners(roomId, presenceDestination(roomId))) events.touch(roomId)
    },
    stop: () => events.stop(),
  }
}
