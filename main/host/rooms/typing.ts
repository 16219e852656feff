/** Who is typing in a room: told on `/topic/typing.{roomId}`, and remembered for that alone. */
import type { Principal } from '../../broker/options/hooks.ts'
import { createCoalesced } from '../limits/coalesced.ts'
import { typingDestination } from '../../../shared/protocol/destinations.ts'
import type { TypingEvent } from '../../../shared/protocol/events.ts'

/** Milliseconds from one event of a room to the next, at least. */
const interval = 1_000
/** Milliseconds after which somebody who does not say it again is not typing any more. */
const lastsFor = 5_000

export interface Typing {
  /** Costs nothing where nobody listens. */
  started(roomId: string, person: Principal): void
  /** Costs nothing where nobody has started. */
  stopped(roomId: string, personId: string): void
  stop(): void
}

interface TypingOptions {
  hasListeners: (roomId: string, destination: string) => boolean
  publish: (roomId: string, destination: string, event: TypingEvent) => void
  /** A clock that is never set back, in milliseconds. */
  now: () => number
}

interface Typist {
  name: string
  /** By the clock. Milliseconds. */
  until: number
}

export const createTyping = ({ hasListeners, publish, now }: TypingOptions): Typing => {
  /** By room, those who type; `told` is who they were in the last event, `goesOn` whether somebody has said since that they type. */
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
    // Who goes on is told again: a listener may have come in between, and takes silence for the end.
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
