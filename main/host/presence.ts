/** Who is in a room right now: told on `/topic/presence.{roomId}`, and worked out for that alone. */
import type { Client } from '../broker/hooks.ts'
import { createCoalesced } from './coalesced.ts'
import { presenceDestination, roomDestination } from './room-topics.ts'

/** Milliseconds from one event of a room to the next, at least. */
const interval = 1_000

export interface Presence {
  /** Somebody has come into the room or left it, or wants to know who is there. Costs nothing where nobody listens. */
  changed(roomId: string): void
  stop(): void
}

interface PresenceOptions {
  clients: () => Iterable<Client>
  hasListeners: (roomId: string, destination: string) => boolean
  publish: (roomId: string, destination: string, event: unknown) => void
}

export const createPresence = ({ clients, hasListeners, publish }: PresenceOptions): Presence => {
  /** Everybody who subscribes to the room's messages, each once. */
  const peopleIn = (roomId: string): { personId: string; name: string }[] => {
    const destination = roomDestination(roomId)
    const people = new Map<string, { personId: string; name: string }>()
    for (const client of clients()) {
      const { id, name } = client.principal
      if (client.subscribes(destination)) people.set(id, { personId: id, name })
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
    changed: roomId => {
      if (hasListeners(roomId, presenceDestination(roomId))) events.touch(roomId)
    },
    stop: () => events.stop(),
  }
}
