/** Reads the logs of the rooms. */
import type { Database } from 'better-sqlite3'
import {
  maxOffset,
  type FoundMessage,
  type LoggedMessage,
  type NewRelation,
  type Tail,
} from '../ports/room-log.ts'
import { isOffset, keyOf, type RoomRecord } from './room-records.ts'

export interface Reading {
  /** @returns the oldest stored offset. */
  first(record: Readonly<RoomRecord>): number
  /** As {@link import('../ports/room-log.ts').RoomLog.read}. */
  read(record: Readonly<RoomRecord>, offset: number, limit: number): LoggedMessage[]
  /** As {@link import('../ports/room-log.ts').RoomLog.offsetAt}. */
  offsetAt(record: Readonly<RoomRecord>, time: number): number
  /** @returns whether the sender's message with this id is in the log. */
  has(record: Readonly<RoomRecord>, message: Pick<NewRelation, 'senderId' | 'messageId'>): boolean
  /** @returns the earlier message that a relation refers to. */
  find(record: Readonly<RoomRecord>, relation: NewRelation): FoundMessage | undefined
  /** As {@link import('../ports/room-log.ts').RoomLog.tails}. */
  tails(): Map<string, Tail>
}

type FoundRow = Omit<FoundMessage, 'erased' | 'relations'> & { erasedAt: number | null }

export const openReading = (database: Database): Reading => {
  const select = database.prepare<[number, number, number, number], LoggedMessage>(
    `SELECT "offset", ifnull(reached_at, sent_at) AS reachedAt, body FROM message
     WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT ?`,
  )
  const selectFirst = database
    .prepare<[number, number, number], number>(
      'SELECT "offset" FROM message WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT 1',
    )
    .pluck()
  const found = '"offset", message_id AS messageId, sender_id AS senderId, body, erased_at AS erasedAt'
  const findAt = database.prepare<[number, number], FoundRow>(
    `SELECT ${found} FROM message WHERE room = ? AND place = ?`,
  )
  const findFirst = database.prepare<[number, string], FoundRow>(
    `SELECT ${found} FROM message WHERE room = ? AND message_id = ? ORDER BY place LIMIT 1`,
  )
  const countRelations = database.prepare<[string, number, string], FoundMessage['relations']>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE relation.sender_id = ?) AS own
     FROM relation JOIN message USING (place) WHERE target = ? AND kind = ? AND erased_at IS NULL`,
  )
  const selectSame = database
    .prepare<[string, string, number], 1>(
      'SELECT 1 FROM message WHERE message_id = ? AND sender_id = ? AND room = ?',
    )
    .pluck()
  const selectTails = database.prepare<[], Tail & { roomId: string }>(
    `SELECT room_id AS roomId, next_offset AS next,
       (SELECT sent_at FROM message WHERE place BETWEEN room.room << 32 AND room.room << 32 | 4294967295
        ORDER BY place DESC LIMIT 1) AS lastSentAt
     FROM room WHERE deleted_at IS NULL AND next_offset > 0`,
  )

  const first = (record: Readonly<RoomRecord>): number =>
    selectFirst.get(record.room, keyOf(record, 0), keyOf(record, maxOffset)) ?? record.next
  const read: Reading['read'] = (record, offset, limit) =>
    offset >= record.next
      ? []
      : select.all(record.room, keyOf(record, offset), keyOf(record, record.next - 1), limit)

  return {
    first,
    read,
    offsetAt: (record, time) => {
      // `reachedAt` never falls with the offset, so a binary search finds the message without an index.
      let low = first(record)
      let high = record.next
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const [message] = read(record, middle, 1)
        if (message && message.reachedAt < time) low = middle + 1
        else high = middle
      }
      return low
    },
    has: ({ room }, { messageId, senderId }) => selectSame.get(messageId, senderId, room) !== undefined,
    find: (record, { target, kind, senderId }) => {
      const byOffset = 'offset' in target
      if (byOffset && !isOffset(target.offset)) return undefined
      const row = byOffset
        ? findAt.get(record.room, keyOf(record, target.offset))
        : findFirst.get(record.room, target.messageId)
      if (!row) return undefined
      const { erasedAt, ...message } = row
      const relations = countRelations.get(senderId, keyOf(record, row.offset), kind)
      return { ...message, erased: erasedAt !== null, relations: relations ?? { all: 0, own: 0 } }
    },
    tails: () => new Map(selectTails.all().map(({ roomId, ...tail }) => [roomId, tail])),
  }
}
