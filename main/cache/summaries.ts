import {
  chatType,
  compareMessages,
  type Message,
  type MessageId,
  type MessagePlace,
  type RoomKey,
} from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import { aPlace, newestFirst, place, placeColumns, placeValues, type PlaceValues } from './place.ts'

/** What the messages of one room come to; changed in memory while messages are stored, then kept with them. */
export interface Summary {
  /** The room's row. */
  readonly id: number
  /** Newest `sortAt` of any message, ms since the epoch; 0 in an empty room. */
  newest: number
  /** The newest chat message. */
  last: MessagePlace | null
  unread: number
  mentions: number
  /** The newest message of others that was seen. One's own have no say: their place changes with the echo. */
  readMark: MessagePlace | null
  lastReadId: MessageId | null
  /** Offset and id of the message of the server's history that came last. */
  resumeOffset: number | null
  resumeId: MessageId | null
  /** Messages before it are read when they come; null when they have. */
  readOffset: number | null
}

type SummaryRow = Omit<Summary, 'last' | 'readMark'> & { lastChat: number | null; readMark: number | null }

/** @returns whether the message stands after the other; true where there is no other. */
export const isAfter = (message: MessagePlace, other: MessagePlace | null): boolean =>
  other === null || compareMessages(message, other) > 0

/** Takes a new message into account. Chat of others after the read mark is unread. */
export const addToSummary = (summary: Summary, message: Message): void => {
  summary.newest = Math.max(summary.newest, message.sortAt)
  if (message.type !== chatType) return
  if (isAfter(message, summary.last)) summary.last = message
  if (message.own || !isAfter(message, summary.readMark)) return
  summary.unread += 1
  if (message.mentionsMe) summary.mentions += 1
}

export const createSummaries = (db: WritableDatabase) => {
  const newest = 'SELECT ifnull(max(sort_at), 0) FROM messages WHERE room = rooms.id'
  const select = db.prepare<[RoomKey], SummaryRow>(`
    SELECT id, unread, mentions, last_chat AS lastChat, read_mark AS readMark, last_read_id AS lastReadId,
      resume_offset AS resumeOffset, resume_id AS resumeId, read_offset AS readOffset, (${newest}) AS newest
    FROM rooms WHERE key = ?`)
  const selectNewest = db.prepare<[number], number>(`SELECT (${newest}) FROM rooms WHERE id = ?`).pluck()
  const placeOf = db.prepare<[number], MessagePlace>(`SELECT ${placeColumns} FROM messages WHERE seq = ?`)
  const newestChat = db.prepare<[number], MessagePlace>(
    `SELECT ${placeColumns} FROM messages WHERE room = ? AND type = '${chatType}' ORDER BY ${newestFirst} LIMIT 1`,
  )
  const countAfter = db.prepare<[number, ...PlaceValues], Pick<Summary, 'unread' | 'mentions'>>(`
    SELECT count(*) AS unread, ifnull(sum(mentions_me), 0) AS mentions FROM messages
    WHERE room = ? AND ${place} > ${aPlace} AND type = '${chatType}' AND own = 0`)
  const update = db.prepare<[Omit<SummaryRow, 'newest'>]>(`
    UPDATE rooms SET unread = @unread, mentions = @mentions, last_chat = @lastChat, read_mark = @readMark, last_read_id = @lastReadId,
      resume_offset = @resumeOffset, resume_id = @resumeId, read_offset = @readOffset
    WHERE id = @id`)

  const bySeq = (seq: number | null): MessagePlace | null =>
    seq === null ? null : (placeOf.get(seq) ?? null)
  /** Counts what is after the read mark anew. */
  const countUnread = (summary: Summary): void => {
    const start = summary.readMark ?? { sortAt: Number.MIN_SAFE_INTEGER, offset: null, seq: 0 }
    Object.assign(summary, countAfter.get(summary.id, ...placeValues(start)))
  }
  /** Looks for the newest chat message anew. */
  const findLast = (summary: Summary): void => {
    summary.last = newestChat.get(summary.id) ?? null
  }

  return {
    /** @returns null where there is no such room. */
    find: (key: RoomKey): Summary | null => {
      const row = select.get(key)
      if (!row) return null
      const { lastChat, readMark, ...rest } = row
      return { ...rest, last: bySeq(lastChat), readMark: bySeq(readMark) }
    },

    /** Takes into account that a message stands elsewhere now. */
    move: (summary: Summary, message: Message): void => {
      summary.newest = selectNewest.get(summary.id) ?? 0
      findLast(summary)
      if (message.own) return
      if (summary.readMark?.seq === message.seq) summary.readMark = message
      countUnread(summary)
    },

    findLast,
    countUnread,

    save: ({ last, readMark, ...summary }: Summary): void => {
      update.run({ ...summary, lastChat: last?.seq ?? null, readMark: readMark?.seq ?? null })
    },
  }
}
