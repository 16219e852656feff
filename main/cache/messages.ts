import {
  chatType,
  deletedType,
  type ChangedMessage,
  type Delivery,
  type Message,
  type MessageId,
  type RoomKey,
} from '../../shared/contract/model.ts'
import type { ArrivedMessage, Stored } from '../../shared/core/ports.ts'
import type { Relation } from '../../shared/protocol/relations.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createReadMarks } from './read-marks.ts'
import type { createRemoval } from './removal.ts'
import type { createRooms } from './rooms.ts'
import { newestFirst, numbered } from './place.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'
import type { createSearchIndex } from './search.ts'
import { addToSummary, type createSummaries, type Summary } from './summaries.ts'

interface InsertValues extends Omit<MessageRow, 'seq' | 'room' | 'own' | 'mentionsMe'> {
  room: number
  own: number
  mentionsMe: number
  extra: string | null
}

/**
 * @param sortAt where the message stands if its position in the server's history is new.
 * @returns what an arrival of a known message teaches: its sender's id, that position, and that it got there.
 */
const learnFrom = (known: Message, arrived: ArrivedMessage, sortAt: number): Message => ({
  ...known,
  senderId: known.senderId ?? arrived.senderId,
  ...(known.offset === null &&
    arrived.offset !== null && { offset: arrived.offset, sentAt: Math.trunc(arrived.sentAt), sortAt }),
  ...(known.delivery !== null && { delivery: 'confirmed', failure: null }),
})

/** The messages of the rooms, each once by its id. A message, its place in the index and its room's summary change together. */
export const createMessages = (
  db: WritableDatabase,
  rooms: ReturnType<typeof createRooms>,
  summaries: ReturnType<typeof createSummaries>,
  readMarks: Pick<ReturnType<typeof createReadMarks>, 'passHistory'>,
  index: Pick<ReturnType<typeof createSearchIndex>, 'add'>,
  removal: Pick<ReturnType<typeof createRemoval>, 'empty'>,
) => {
  const insert = db.prepare<[InsertValues]>(`
    INSERT INTO messages (room, id, type, sender, sender_id, content, sent_at, received_at, "offset", sort_at, own, mentions_me,
      delivery, extra)
    VALUES (@room, @id, @type, @sender, @senderId, @content, @sentAt, @receivedAt, @offset, @sortAt, @own, @mentionsMe, @delivery,
      @extra)
    ON CONFLICT (room, id) DO NOTHING`)
  const select = db.prepare<[RoomKey, MessageId], MessageRow>(`
    SELECT ${messageColumns} FROM rooms JOIN messages ON messages.room = rooms.id WHERE rooms.key = ? AND messages.id = ?`)
  const updateLearned = db.prepare<
    [string | null, number, number | null, number, Delivery | null, string | null, number]
  >(`
    UPDATE messages SET sender_id = ?, sent_at = ?, "offset" = ?, sort_at = ?, delivery = ?, failure = NULL, extra = ifnull(extra, ?)
    WHERE seq = ?`)

  const selectBefore = db
    .prepare<[number, number], number>(
      `SELECT sort_at FROM messages WHERE room = ? AND ${numbered} < ? ORDER BY ${newestFirst} LIMIT 1`,
    )
    .pluck()

  /**
   * @returns where an arrival stands: what has an offset at the server's time, but never before the message that the server had before it
   *   (its clock may have been set back); what has none at its arrival, but never before what is there.
   */
  const sortAtOf = (summary: Summary, { offset, sentAt, receivedAt }: ArrivedMessage): number =>
    offset === null
      ? Math.max(receivedAt, summary.newest)
      : Math.max(Math.trunc(sentAt), selectBefore.get(summary.id, offset) ?? 0)

  const storedOf = (changed: ChangedMessage[]): Stored => {
    const keys = new Set(
      changed.filter(({ change }) => change !== 'updated').map(({ message }) => message.room),
    )
    return { changed, rooms: Array.from(keys, rooms.get) }
  }

  const find = (room: RoomKey, id: MessageId): Message | null => {
    const row = select.get(room, id)
    return row ? toMessage(row) : null
  }

  /** @returns the change; null where the arrival teaches nothing. */
  const learn = (summary: Summary, known: Message, arrived: ArrivedMessage): ChangedMessage | null => {
    const message = learnFrom(known, arrived, sortAtOf(summary, arrived))
    const moved = message.offset !== known.offset
    if (!moved && message.senderId === known.senderId && message.delivery === known.delivery) return null
    const { senderId, sentAt, offset, sortAt, delivery, seq } = message
    updateLearned.run(senderId, sentAt, offset, sortAt, delivery, arrived.extra, seq)
    if (moved) summaries.move(summary, message)
    return { message, change: moved ? 'moved' : 'updated' }
  }

  /** @returns what is left of a deleted message; null where there is nothing to delete. */
  const removeTarget = (summary: Summary, room: RoomKey, relation: Relation): Message | null => {
    if (relation.kind !== 'delete') return null
    const message = find(room, relation.target)
    if (message?.offset !== relation.targetOffset || message.type === deletedType) return null
    return removal.empty(summary, message)
  }

  /** Stores one message or, where its id is known, learns from it. Times are whole milliseconds. @returns what that changes. */
  const put = (summary: Summary, arrived: ArrivedMessage, delivery: Delivery | null): ChangedMessage[] => {
    const { extra, relation, ...fields } = arrived
    if (arrived.offset !== null) {
      summary.resumeOffset = arrived.offset
      summary.resumeId = arrived.id
    }
    const sentAt = Math.trunc(arrived.sentAt)
    const sortAt = sortAtOf(summary, arrived)
    const values = { ...fields, sentAt, sortAt, delivery, failure: null }
    const { changes, lastInsertRowid } = insert.run({
      ...values,
      room: summary.id,
      own: Number(arrived.own),
      mentionsMe: Number(arrived.mentionsMe),
      extra,
    })
    if (changes === 0) {
      const known = find(arrived.room, arrived.id)
      if (!known) throw new Error('a message is neither new nor known')
      const learned = learn(summary, known, arrived)
      return learned ? [learned] : []
    }
    const message: Message = { ...values, seq: Number(lastInsertRowid) }
    if (message.type === chatType) index.add(message.seq, message.content)
    addToSummary(summary, message)
    const deleted = relation && removeTarget(summary, message.room, relation)
    return [
      { message, change: 'new' },
      ...(deleted ? [{ message: deleted, change: 'deleted' as const }] : []),
    ]
  }

  return {
    find,
    put,
    /** @returns what is to be told of these changes, once all of them are written. */
    storedOf,
    /** Stores what came from the wire, in order, but for messages of unknown rooms. */
    store: (arrived: ArrivedMessage[]): Stored => {
      const touched = new Map<RoomKey, Summary>()
      const changed: ChangedMessage[] = []
      for (const message of arrived) {
        const summary = touched.get(message.room) ?? summaries.find(message.room)
        if (!summary) continue
        touched.set(message.room, summary)
        changed.push(...put(summary, message, null))
      }
      for (const [key, summary] of touched) {
        readMarks.passHistory(summary, key, changed)
        summaries.save(summary)
      }
      return storedOf(changed)
    },
  }
}
