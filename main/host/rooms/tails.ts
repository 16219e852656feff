/** Where the log of each room ends, kept in memory: who lists rooms, or measures the host, asks for many of them at once. */
import type { RoomLog, Tail } from '../ports/room-log.ts'
import { createLastMinute } from './last-minute.ts'

export interface Tails {
  /** @returns the offset of the room's next message; 0 where there is no such room. */
  next(roomId: string): number
  /**
   * @returns how many messages the room has got within the last minute, since the host opened, and when its last one was sent
   *   (milliseconds since the epoch; null before the first).
   */
  activity(roomId: string): { count: number; lastAt: number | null }
  /** @returns how many messages were stored since the host opened. */
  stored(): number
  /** A message is on disk. */
  moved(roomId: string, message: { offset: number; sentAt: number }): void
  /** The room is removed: another one may get its id. */
  forget(roomId: string): void
}

/** Reads the tails of all rooms. @param now the clock, in milliseconds since the epoch. */
export const openTails = async (log: Pick<RoomLog, 'tails'>, now: () => number): Promise<Tails> => {
  const tails = new Map<string, Tail>(await log.tails())
  const lastMinute = createLastMinute(now)
  let stored = 0
  return {
    next: roomId => tails.get(roomId)?.next ?? 0,
    activity: roomId => ({
      count: lastMinute.count(roomId),
      lastAt: tails.get(roomId)?.lastSentAt ?? null,
    }),
    stored: () => stored,
    moved: (roomId, { offset, sentAt }) => {
      stored += 1
      tails.set(roomId, { next: offset + 1, lastSentAt: sentAt })
      lastMinute.add(roomId)
    },
    forget: roomId => void tails.delete(roomId),
  }
}
