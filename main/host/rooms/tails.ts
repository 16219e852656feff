/** The tail of each room's log, kept in memory: room lists and measurements need many of them at once. */
import type { RoomLog, Tail } from '../ports/room-log.ts'
import { createLastMinute } from './last-minute.ts'

export interface Tails {
  /** @returns the offset of the room's next message; 0 where there is no such room. */
  next(roomId: string): number
  /**
   * @returns the number of messages in the room within the last minute (since the host opened at most), and the time of
   *   its last message (milliseconds since the epoch; null before the first).
   */
  activity(roomId: string): { count: number; lastAt: number | null }
  /** @returns the number of messages stored since the host opened. */
  stored(): number
  /** Call this when a message is on disk. */
  moved(roomId: string, message: { offset: number; sentAt: number }): void
  /** Forgets a removed room: another one may get its id. */
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
