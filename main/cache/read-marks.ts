import { Failure } from '../../shared/contract/errors.ts'
import type { Message, MessageId, MessagePlace, Room, RoomKey } from '../../shared/contract/model.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import { aPlace, newestFirst, place, placeColumns, placeValues, type PlaceValues } from './place.ts'
import type { createRooms } from './rooms.ts'
import { isAfter, type createSummaries, type Summary } from './summaries.ts'

/**
 * How far the person has read in each room. `lastReadId` is what was named; what counts is the newest message of others up to it,
 * because one's own messages move to another place when their echo comes.
 */
export const createReadMarks = (
  db: WritableDatabase,
  rooms: ReturnType<typeof createRooms>,
  summaries: ReturnType<typeof createSummaries>,
) => {
  const placeOf = db.prepare<[number, MessageId], MessagePlace>(
    `SELECT ${placeColumns} FROM messages WHERE room = ? AND id = ?`,
  )
  const othersUpTo = db.prepare<[number, ...PlaceValues], MessagePlace>(`
    SELECT ${placeColumns} FROM messages WHERE room = ? AND ${place} <= ${aPlace} AND own = 0
    ORDER BY ${newestFirst} LIMIT 1`)
  const idBefore = db
    .prepare<[number, ...PlaceValues], MessageId>(
      `SELECT id FROM messages WHERE room = ? AND ${place} < ${aPlace} ORDER BY ${newestFirst} LIMIT 1`,
    )
    .pluck()

  /** Moves the mark forward, never back. @throws Failure `not-found` where the message is not there. */
  const advance = (summary: Summary, upTo: MessageId): void => {
    const target = placeOf.get(summary.id, upTo)
    if (!target) throw new Failure('not-found')
    const lastRead = summary.lastReadId === null ? undefined : placeOf.get(summary.id, summary.lastReadId)
    if (isAfter(target, lastRead ?? null)) summary.lastReadId = upTo
    const seen = othersUpTo.get(summary.id, ...placeValues(target))
    if (seen && isAfter(seen, summary.readMark)) {
      summary.readMark = seen
      summaries.countUnread(summary)
    }
  }

  return {
    /** Moves the mark forward, never back. @throws Failure `not-found` where the room or the message is not there. */
    moveTo: (key: RoomKey, upTo: MessageId): Room => {
      const summary = summaries.find(key)
      if (!summary) throw new Failure('not-found')
      advance(summary, upTo)
      summaries.save(summary)
      return rooms.get(key)
    },

    /** Moves the mark over those of the messages that were said before the person came. */
    passHistory: (summary: Summary, room: RoomKey, stored: readonly { message: Message }[]): void => {
      if (summary.readOffset === null) return
      let newest: Message | null = null
      for (const { message } of stored) {
        if (message.room !== room || message.offset === null || summary.readOffset === null) continue
        if (message.offset < summary.readOffset && isAfter(message, newest)) newest = message
        if (message.offset + 1 >= summary.readOffset) summary.readOffset = null
      }
      if (newest) advance(summary, newest.id)
    },

    /** To be called when a message is removed: who has read up to it has read up to the one before. */
    leave: (summary: Summary, message: Message): void => {
      const at = placeValues(message)
      if (summary.lastReadId === message.id) summary.lastReadId = idBefore.get(summary.id, ...at) ?? null
      if (summary.readMark?.seq === message.seq) summary.readMark = othersUpTo.get(summary.id, ...at) ?? null
    },
  }
}
