/** Keeps what the host stores within its bounds while it runs. */
import { setImmediate } from 'node:timers/promises'
import type { HostLog, Keep } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { firstRoomId, type Room, type Rooms } from './rooms.ts'

/** Milliseconds from the end of one round to the next one. */
const interval = 5_000
/** Milliseconds after which a room that nobody has ever used makes way for others. */
const unusedFor = 30 * 24 * 60 * 60 * 1_000

interface TrimmingOptions {
  messages: Pick<RoomLog, 'trim' | 'purge'>
  rooms: Rooms
  /** @returns whether nobody has said anything in this room. */
  isEmpty: (roomId: string) => boolean
  keep: Keep
  /** @returns whether anybody listens to the room. */
  isHeard: (room: Room) => boolean
  /** Takes a room away. */
  remove: (room: Room) => Promise<void>
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: HostLog
}

/**
 * Drops messages that need not be kept, what is left of deleted rooms, and rooms that nobody has ever used: now and from time to time, in
 * small steps between which others have their turn. @returns what ends it; the promise resolves when nothing is dropped any more.
 */
export const keepTrimmed = (options: TrimmingOptions): (() => Promise<void>) => {
  const { messages, rooms, isEmpty, keep, isHeard, remove, now, log } = options
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const isUnused = (room: Room): boolean =>
    room.roomId !== firstRoomId &&
    now() - room.madeAt > unusedFor &&
    isEmpty(room.roomId) &&
    // Clients listen to every direct room that they are in.
    (room.kind === 'direct' || !isHeard(room))
  const round = async (): Promise<void> => {
    for (const room of rooms.list()) {
      if (isUnused(room)) await remove(room)
      while (!stopped && (await messages.trim(room.roomId, keep))) await setImmediate()
    }
    while (!stopped && (await messages.purge())) await setImmediate()
  }
  const run = (): void => {
    running = round()
      .catch((thrown: unknown) => log.error('history not trimmed', { error: String(thrown) }))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, interval).unref()
      })
  }
  run()
  return () => {
    stopped = true
    clearTimeout(timer)
    return running
  }
}
