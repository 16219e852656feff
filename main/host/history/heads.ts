/** The ends of the rooms' logs: what the next message gets, and how much is kept. */
import type { Database } from 'better-sqlite3'
import { maxOffset, type Tail } from '../ports/room-log.ts'
import type { Commits } from './commits.ts'

export interface Head extends Tail {
  /** The room's row. */
  readonly room: number
  /** The latest time at which any message was sent. Milliseconds since the epoch. */
  reachedAt: number
  /** Length of all bodies that are kept. */
  bytes: number
}

/** Offsets of one room. */
const offsets = maxOffset + 1
/** The highest row of a room whose keys are exact as JavaScript numbers. */
const maxRoom = Math.floor(Number.MAX_SAFE_INTEGER / offsets) - 1

/** @returns whether a message can have this offset. */
export const isOffset = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= maxOffset

/**
 * @returns the key of a message in the table, as the schema makes it: it rises with the offset.
 * @throws {RangeError} for an offset that no message of the room can have: it would make the key of another room's message.
 */
export const placeOf = ({ room }: Pick<Head, 'room'>, offset: number): number => {
  if (!Number.isInteger(room) || room < 0 || room > maxRoom)
    throw new RangeError(`room ${room} is not a whole number from 0 to ${maxRoom}`)
  if (!isOffset(offset)) throw new RangeError(`offset ${offset} is not a whole number from 0 to ${maxOffset}`)
  return room * offsets + offset
}

/** The heads within a transaction. */
interface MovingHeads {
  /** @returns the head of a room, to be moved; undefined where there is no such room. */
  of(roomId: string): Head | undefined
}

/** Heads that a committed transaction has moved. */
export interface MovedHeads {
  /** Each head before and after. */
  readonly moves: readonly { before: Readonly<Head>; after: Readonly<Head> }[]
  /** The transaction is on disk: from here on these are the heads. */
  keep(): void
}

export interface Heads {
  /** @returns the head as it is on disk, not to be changed. */
  of(roomId: string): Readonly<Head> | undefined
  /** The room is gone: another one may get its id. */
  forget(roomId: string): void
  /** Runs `work` in a transaction that moves heads, and commits it. One at a time: the heads before are kept by then. */
  move(work: (heads: MovingHeads) => void): MovedHeads
  /** Writes heads within a transaction. */
  save(head: Readonly<Head>): void
}

export const openHeads = (database: Database, commits: Commits): Heads => {
  const select = database.prepare<[string], Head>(
    `SELECT room, next_offset AS next, last_sent_at AS reachedAt, bytes,
       (SELECT sent_at FROM message WHERE place BETWEEN room.room << 32 AND room.room << 32 | 4294967295
        ORDER BY place DESC LIMIT 1) AS lastSentAt
     FROM room WHERE room_id = ?`,
  )
  const update = database.prepare<[number, number, number, number]>(
    'UPDATE room SET next_offset = ?, last_sent_at = ?, bytes = ? WHERE room = ?',
  )
  const known = new Map<string, Head>()
  /** Those that are moved and not kept yet. */
  let moving = new Map<string, { before: Head; after: Head }>()

  const of = (roomId: string): Head | undefined => {
    const head = known.get(roomId) ?? select.get(roomId)
    if (head) known.set(roomId, head)
    return head
  }
  const save: Heads['save'] = ({ next, reachedAt, bytes, room }) =>
    void update.run(next, reachedAt, bytes, room)

  return {
    of,
    save,
    forget: roomId => {
      known.delete(roomId)
      moving.delete(roomId)
    },
    move: work => {
      const moved = (moving = new Map<string, { before: Head; after: Head }>())
      commits.commit(() => {
        work({
          of: roomId => {
            const move = moved.get(roomId)
            if (move) return move.after
            const before = of(roomId)
            if (!before) return undefined
            const after = { ...before }
            moved.set(roomId, { before, after })
            return after
          },
        })
        for (const [roomId, { before, after }] of moved) {
          if (before.next === after.next && before.bytes === after.bytes) moved.delete(roomId)
          else save(after)
        }
      })
      return {
        moves: [...moved.values()],
        keep: () => {
          for (const [roomId, { after }] of moved) known.set(roomId, after)
        },
      }
    },
  }
}
