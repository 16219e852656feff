/** The ends of the rooms' histories: what the next message gets, and how much is kept. */
import type { Database } from 'better-sqlite3'

export interface Head {
  /** The room's row. */
  readonly room: number
  /** Offset of the next message. */
  next: number
  /** Milliseconds since the epoch. */
  lastSentAt: number
  /** Length of all bodies that are kept. */
  bytes: number
}

/** Offsets of one room: as many as 32 bits hold. */
const offsets = 2 ** 32

/** @returns the key of a message in the table, as the schema makes it: it rises with the offset. */
export const placeOf = ({ room }: Pick<Head, 'room'>, offset: number): number => room * offsets + offset

/** @returns the key after that of the room's last possible message. */
export const endOf = (head: Pick<Head, 'room'>): number => placeOf(head, offsets)

/** Work on several heads within one transaction: they count when it is committed. */
export interface MovingHeads {
  /** @returns the head, to be moved. @throws where there is no such room. */
  of(roomId: string): Head
}

export interface Heads {
  /** @returns the head as it is on disk, not to be changed. */
  of(roomId: string): Readonly<Head> | undefined
  /** Runs `work` in a transaction and keeps the heads that it has moved; where it throws, nothing has happened. */
  moving(work: (heads: MovingHeads) => void): void
}

export const openHeads = (database: Database): Heads => {
  const select = database.prepare<[string], Head>(
    'SELECT room, next_offset AS next, last_sent_at AS lastSentAt, bytes FROM room WHERE room_id = ?',
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
        for (const { next, lastSentAt, bytes, room } of moved.values())
          save.run(next, lastSentAt, bytes, room)
      })
      for (const [roomId, head] of moved) known.set(roomId, head)
    },
  }
}
