/** The ends of the rooms' histories: what the next message gets, and how much is kept. */
import type { Database } from 'better-sqlite3'

export interface Head {
  /** The room's row. */
  readonly room: number
  /** Offset of the next message. */
  next: number
  /** When the newest message that is kept was sent; null without one. Milliseconds since the epoch. */
  lastSentAt: number | null
  /** The latest time at which any message was sent. Milliseconds since the epoch. */
  reachedAt: number
  /** Length of all bodies that are kept. */
  bytes: number
}

/** Offsets of one room: as many as 32 bits hold. */
const offsets = 2 ** 32
/** The highest offset that a room can have. */
export const maxOffset = offsets - 1
/** The highest row of a room whose keys are exact as JavaScript numbers. */
const maxRoom = Math.floor(Number.MAX_SAFE_INTEGER / offsets) - 1

const checkRange = (name: string, value: number, max: number): void => {
  if (!Number.isInteger(value) || value < 0 || value > max)
    throw new RangeError(`${name} ${value} is not a whole number from 0 to ${max}`)
}

/**
 * @returns the key of a message in the table, as the schema makes it: it rises with the offset.
 * @throws {RangeError} for an offset that no message of the room can have: it would make the key of another room's message.
 */
export const placeOf = ({ room }: Pick<Head, 'room'>, offset: number): number => {
  checkRange('room', room, maxRoom)
  checkRange('offset', offset, maxOffset)
  return room * offsets + offset
}

/** Work on several heads within one transaction: they count when it is committed. */
export interface MovingHeads {
  /** @returns the head, to be moved. @throws where there is no such room. */
  of(roomId: string): Head
}

export interface Heads {
  /** @returns the head as it is on disk, not to be changed. */
  of(roomId: string): Readonly<Head> | undefined
  /** The room is gone: another one may get its id. */
  forget(roomId: string): void
  /** Runs `work` in a transaction and keeps the heads that it has moved; where it throws, nothing has happened. */
  moving(work: (heads: MovingHeads) => void): void
}

export const openHeads = (database: Database): Heads => {
  const select = database.prepare<[string], Head>(
    `SELECT room, next_offset AS next, last_sent_at AS reachedAt, bytes,
       (SELECT sent_at FROM message WHERE place BETWEEN room.room << 32 AND room.room << 32 | 4294967295
        ORDER BY place DESC LIMIT 1) AS lastSentAt
     FROM room WHERE room_id = ?`,
  )
  const save = database.prepare<[number, number, number, number]>(
    'UPDATE room SET next_offset = ?, last_sent_at = ?, bytes = ? WHERE room = ?',
  )
  const inTransaction = database.transaction((work: () => void) => {
    work()
  })
  const known = new Map<string, Head>()

  const of = (roomId: string): Head | undefined => {
    const head = known.get(roomId) ?? select.get(roomId)
    if (head) known.set(roomId, head)
    return head
  }

  return {
    of,
    forget: roomId => void known.delete(roomId),
    moving: work => {
      const moved = new Map<string, Head>()
      const heads: MovingHeads = {
        of: roomId => {
          const moving = moved.get(roomId)
          if (moving) return moving
          const head = of(roomId)
          if (!head) throw new Error('the room does not exist')
          const copy = { ...head }
          moved.set(roomId, copy)
          return copy
        },
      }
      inTransaction.immediate(() => {
        work(heads)
        for (const { next, reachedAt, bytes, room } of moved.values()) save.run(next, reachedAt, bytes, room)
      })
      for (const [roomId, head] of moved) known.set(roomId, head)
    },
  }
}
