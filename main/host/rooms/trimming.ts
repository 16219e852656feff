/** Enforces the retention bounds while the host runs. */
import { setImmediate } from 'node:timers/promises'
import type { HostLog, Keep } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { firstRoomId, type Room, type Rooms } from './rooms.ts'

/** The pause between two rounds. Milliseconds. */
const interval = 5_000
/** Milliseconds after which an unused room is deleted. */
const unusedFor = 30 * 24 * 60 * 60 * 1_000

interface TrimmingOptions {
  messages: Pick<RoomLog, 'trim' | 'purge'>
  rooms: Rooms
  /** @returns whether the room has no message. */
  isEmpty: (roomId: string) => boolean
  keep: Keep
  /** @returns whether the room has listeners. */
  isHeard: (room: Room) => boolean
  /** Deletes files that nobody needs any more. */
  sweepFiles: () => Promise<void>
  /** Deletes a room. */
  remove: (room: Room) => Promise<void>
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: HostLog
}

/**
 * Deletes messages beyond the bounds, the remains of deleted rooms, and unused rooms: now and periodically, in small
 * steps between which other work runs. @returns a function that stops it; its promise resolves when no step is running
 * any more.
 */
export const keepTrimmed = (options: TrimmingOptions): (() => Promise<void>) => {
  const { messages, rooms, isEmpty, keep, isHeard, sweepFiles, remove, now, log } = options
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  const isUnused = (room: Room): boolean =>
    room.roomId !== firstRoomId &&
    now() - room.madeAt > unusedFor &&
    isEmpty(room.roomId) &&
    // Clients subscribe to every direct room that they are in.
    (room.kind === 'direct' || !isHeard(room))
  const round = async (): Promise<void> => {
    for (const room of rooms.list()) {
      if (isUnused(room)) await remove(room)
      while (!stopped && (await messages.trim(room.roomId, keep))) await setImmediate()
    }
    while (!stopped && (await messages.purge())) await setImmediate()
    if (!stopped) await sweepFiles()
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
