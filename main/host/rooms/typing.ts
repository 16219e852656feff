/** Announces the people typing in a room on `/topic/typing.{roomId}`. Nothing is stored. */
import type { Principal } from '../../broker/options/hooks.ts'
import { createCoalesced } from '../limits/coalesced.ts'
import { typingDestination } from '../../../shared/protocol/destinations.ts'
import type { TypingEvent } from '../../../shared/protocol/events.ts'

/** The least time between two events of a room. Milliseconds. */
const interval = 1_000
/** Milliseconds after which a person counts as no longer typing unless they repeat it. */
const lastsFor = 5_000

export interface Typing {
  /** Costs nothing without listeners. */
  started(roomId: string, person: Principal): void
  /** Costs nothing if nobody is typing. */
  stopped(roomId: string, personId: string): void
  stop(): void
}

interface TypingOptions {
  hasListeners: (roomId: string, destination: string) => boolean
  publish: (roomId: string, destination: string, event: TypingEvent) => void
  /** A monotonic clock, in milliseconds. */
  now: () => number
}

interface Typist {
  name: string
  /** By the clock. Milliseconds. */
  until: number
}

export const createTyping = ({ hasListeners, publish, now }: TypingOptions): Typing => {
  /**
   * The typists of each room; `told` is the list in the last event, `goesOn` whether a typist has repeated it since.
   */
  const rooms = new Map<string, { typists: Map<string, Typist>; told: string; goesOn: boolean }>()

  const events = createCoalesced(interval, roomId => {
    const room = rooms.get(roomId)
    const destination = typingDestination(roomId)
    if (!room || !hasListeners(roomId, destination)) {
      rooms.delete(roomId)
      return false
    }
    const { typists } = room
    for (const [personId, { until }] of typists) if (until <= now()) typists.delete(personId)
    const people = Array.from(typists, ([personId, { name }]) => ({ personId, name }))
    const told = JSON.stringify(people)
    // Repeated typing is announced again: a new listener may have missed it, and the others treat silence as the end.
    const isNews = told !== room.told || (room.goesOn && people.length > 0)
    if (isNews) publish(roomId, destination, { type: 'TYPING', roomId, people })
    room.told = told
    room.goesOn = false
    if (typists.size === 0) rooms.delete(roomId)
    return typists.size > 0
  })

  return {
    started: (roomId, { id, name }) => {
      if (!hasListeners(roomId, typingDestination(roomId))) return
      const room = rooms.get(roomId) ?? { typists: new Map<string, Typist>(), told: '[]', goesOn: true }
      rooms.set(roomId, room)
      room.goesOn = true
      room.typists.set(id, { name, until: now() + lastsFor })
      events.touch(roomId)
    },
    stopped: (roomId, personId) => {
      if (rooms.get(roomId)?.typists.delete(personId)) events.touch(roomId)
    },
    stop: () => {
      events.stop()
      rooms.clear()
    },
  }
}
