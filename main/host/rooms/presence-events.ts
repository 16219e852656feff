/** Announces the people in a room on `/topic/presence.{roomId}`, if that topic has listeners. */
import { isPattern } from '../../broker/destinations/topic-pattern.ts'
import { createCoalesced } from '../limits/coalesced.ts'
import { presenceDestination, roomOfMessages, roomOfPresence } from '../../../shared/protocol/destinations.ts'
import type { PresenceEvent } from '../../../shared/protocol/events.ts'
import type { HostLog } from '../ports/options.ts'
import type { Presence } from '../ports/presence.ts'
import { covers } from '../wire/room-topics.ts'
import type { Rooms } from './rooms.ts'

/** The least time between two events of a room. Milliseconds. */
const interval = 1_000

export interface PresenceEvents {
  /**
   * Call this when a client changed its subscriptions: it entered or left a room, or began to watch presence. Cheap in
   * a room without listeners.
   */
  changed(destination: string): void
  stop(): void
}

interface PresenceEventsOptions {
  rooms: Pick<Rooms, 'list' | 'find'>
  presence: Pick<Presence, 'readers'>
  hasListeners: (roomId: string, destination: string) => boolean
  publish: (roomId: string, destination: string, event: PresenceEvent) => void
  log: HostLog
}

export const createPresenceEvents = (options: PresenceEventsOptions): PresenceEvents => {
  const { rooms, presence, hasListeners, publish, log } = options

  const tell = async (roomId: string): Promise<void> => {
    const destination = presenceDestination(roomId)
    if (!hasListeners(roomId, destination)) return
    const room = rooms.find(roomId)
    const people = room ? await presence.readers(room) : []
    publish(roomId, destination, { type: 'PRESENCE', roomId, people: [...people] })
  }
  const events = createCoalesced(interval, roomId => {
    tell(roomId).catch((thrown: unknown) => log.error('presence not announced', { error: String(thrown) }))
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
