/** The rows of one room, for the rules in `shared/cache`: every lookup is one prepared statement on an index. */
import {
  chatType,
  type Message,
  type MessageId,
  type MessagePosition,
  type RoomKey,
} from '../../shared/contract/model.ts'
import type { RoomRows } from '../../shared/cache/room-rows.ts'
import type { MessageRecord, ResumePoint } from '../../shared/cache/stored.ts'
import { searchedText, type RoomSummary, type UnreadCount } from '../../shared/cache/summary.ts'
import type { RelationKind } from '../../shared/protocol/relations.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import {
  aPosition,
  newestFirst,
  numbered,
  oldestFirst,
  position,
  positionColumns,
  positionValues,
  type PositionValues,
} from './position.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'
import type { createSearchIndex } from './search.ts'

/** Values that are looked up, and not stored with the room. */
type Found = 'newest' | 'lastTarget'
type SummaryColumns = Omit<RoomSummary, Found | 'last' | 'readMark' | 'resume'> & {
  lastChat: number | null
  readMark: number | null
  resumeOffset: number | null
  resumeId: MessageId | null
}
type SummaryRow = SummaryColumns & Pick<RoomSummary, Found>
type RecordRow = MessageRow & Pick<MessageRecord, 'extra' | 'attempts'>
type MessageValues = Omit<Message, 'seq' | 'room' | 'own' | 'mentionsMe' | 'failure'> & {
  room: number
  own: number
  mentionsMe: number
  extra: string | null
}
type UpdateValues = Pick<
  Message,
  'type' | 'senderId' | 'content' | 'sentAt' | 'offset' | 'sortAt' | 'delivery' | 'seq'
> &
  Pick<MessageRecord, 'extra' | 'attempts'> & { mentionsMe: number; failure: string | null }

/** Before every message. */
const beforeAll: MessagePosition = { sortAt: Number.MIN_SAFE_INTEGER, offset: null, seq: 0 }

const createStatements = (db: WritableDatabase) => {
  const newest = 'SELECT ifnull(max(sort_at), 0) FROM messages WHERE room = rooms.id'
  return {
    roomId: db.prepare<[RoomKey], number>('SELECT id FROM rooms WHERE key = ?').pluck(),
    summary: db.prepare<[number], SummaryRow>(`
      SELECT unread, mentions, last_chat AS lastChat, read_mark AS readMark, last_read_id AS lastReadId,
        resume_offset AS resumeOffset, resume_id AS resumeId, read_offset AS readOffset, (${newest}) AS newest,
        (SELECT ifnull(max(target_offset), -1) FROM relations WHERE room = rooms.id) AS lastTarget
      FROM rooms WHERE id = ?`),
    saveSummary: db.prepare<[SummaryColumns & { id: number }]>(`
      UPDATE rooms SET unread = @unread, mentions = @mentions, last_chat = @lastChat, read_mark = @readMark,
        last_read_id = @lastReadId, resume_offset = @resumeOffset, resume_id = @resumeId, read_offset = @readOffset
      WHERE id = @id`),
    clearDraft: db.prepare<[number]>(`UPDATE rooms SET draft = '' WHERE id = ?`),

    byId: db.prepare<[number, MessageId], RecordRow>(`
      SELECT ${messageColumns}, messages.extra, messages.attempts
      FROM messages JOIN rooms ON rooms.id = messages.room WHERE messages.room = ? AND messages.id = ?`),
    bySeq: db.prepare<[number], MessagePosition>(`SELECT ${positionColumns} FROM messages WHERE seq = ?`),
    insert: db.prepare<[MessageValues]>(`
      INSERT INTO messages (room, id, type, sender, sender_id, content, sent_at, received_at, "offset", sort_at, own, mentions_me,
        delivery, extra)
      VALUES (@room, @id, @type, @sender, @senderId, @content, @sentAt, @receivedAt, @offset, @sortAt, @own, @mentionsMe, @delivery,
        @extra)
      ON CONFLICT (room, id) DO NOTHING`),
    update: db.prepare<[UpdateValues]>(`
      UPDATE messages SET type = @type, sender_id = @senderId, content = @content, sent_at = @sentAt, "offset" = @offset,
        sort_at = @sortAt, mentions_me = @mentionsMe, delivery = @delivery, failure = @failure, attempts = @attempts, extra = @extra
      WHERE seq = @seq`),
    remove: db.prepare<[number]>('DELETE FROM messages WHERE seq = ?'),

    insertRelation: db.prepare<[number, number, RelationKind, MessageId, number]>(
      'INSERT INTO relations (message, room, kind, target, target_offset) VALUES (?, ?, ?, ?, ?)',
    ),
    relationsTo: db.prepare<[number, number, MessageId], MessageRow & { kind: RelationKind }>(`
      SELECT ${messageColumns}, relations.kind
      FROM relations JOIN messages ON messages.seq = relations.message JOIN rooms ON rooms.id = messages.room
      WHERE relations.room = ? AND target_offset = ? AND target = ? ORDER BY ${oldestFirst}`),

    newestTime: db.prepare<[number], number>(`SELECT (${newest}) FROM rooms WHERE id = ?`).pluck(),
    timeBefore: db
      .prepare<[number, number], number>(
        `SELECT sort_at FROM messages WHERE room = ? AND ${numbered} < ? ORDER BY ${newestFirst} LIMIT 1`,
      )
      .pluck(),
    newestChat: db.prepare<[number], MessagePosition>(
      `SELECT ${positionColumns} FROM messages WHERE room = ? AND type = '${chatType}' ORDER BY ${newestFirst} LIMIT 1`,
    ),
    othersUpTo: db.prepare<[number, ...PositionValues], MessagePosition>(`
      SELECT ${positionColumns} FROM messages WHERE room = ? AND ${position} <= ${aPosition} AND own = 0
      ORDER BY ${newestFirst} LIMIT 1`),
    idBefore: db
      .prepare<[number, ...PositionValues], MessageId>(
        `SELECT id FROM messages WHERE room = ? AND ${position} < ${aPosition} ORDER BY ${newestFirst} LIMIT 1`,
      )
      .pluck(),
    countAfter: db.prepare<[number, ...PositionValues], UnreadCount>(`
      SELECT count(*) AS unread, ifnull(sum(mentions_me), 0) AS mentions FROM messages
      WHERE room = ? AND ${position} > ${aPosition} AND type = '${chatType}' AND own = 0`),
  }
}

const toRecord = ({ extra, attempts, ...row }: RecordRow): MessageRecord => ({
  message: toMessage(row),
  extra,
  attempts,
})

const toUpdate = ({ message, extra, attempts }: MessageRecord): UpdateValues => ({
  ...message,
  mentionsMe: Number(message.mentionsMe),
  failure: message.failure && JSON.stringify(message.failure),
  extra,
  attempts,
})

const resumeOf = ({ resumeOffset: offset, resumeId: id }: SummaryRow): ResumePoint | null =>
  offset === null || id === null ? null : { offset, id }

/** @returns a function that returns the rows of a room; null for an unknown room. */
export const createRoomRows = (
  db: WritableDatabase,
  index: Pick<ReturnType<typeof createSearchIndex>, 'add' | 'remove'>,
): ((key: RoomKey) => RoomRows | null) => {
  const statements = createStatements(db)
  const placeOf = (seq: number | null): MessagePosition | null =>
    seq === null ? null : (statements.bySeq.get(seq) ?? null)

  const rowsOf = (room: number): RoomRows => ({
    loadSummary() {
      const row = statements.summary.get(room)
      if (!row) throw new Error('the room is gone')
      const { lastChat, readMark, resumeOffset: _offset, resumeId: _id, ...rest } = row
      return { ...rest, last: placeOf(lastChat), readMark: placeOf(readMark), resume: resumeOf(row) }
    },
    saveSummary({ last, readMark, resume, newest: _newest, lastTarget: _lastTarget, ...rest }) {
      statements.saveSummary.run({
        ...rest,
        id: room,
        lastChat: last?.seq ?? null,
        readMark: readMark?.seq ?? null,
        resumeOffset: resume?.offset ?? null,
        resumeId: resume?.id ?? null,
      })
    },
    clearDraft: () => void statements.clearDraft.run(room),

    byId(id) {
      const row = statements.byId.get(room, id)
      return row ? toRecord(row) : null
    },
    insert({ message, extra }) {
      const [own, mentionsMe] = [Number(message.own), Number(message.mentionsMe)]
      const { changes, lastInsertRowid } = statements.insert.run({ ...message, room, own, mentionsMe, extra })
      if (changes === 0) return null
      const seq = Number(lastInsertRowid)
      const text = searchedText(message)
      if (text !== null) index.add(seq, text)
      return seq
    },
    update(after, before) {
      statements.update.run(toUpdate(after))
      const [text, former] = [searchedText(after.message), searchedText(before.message)]
      if (text === former) return
      if (former !== null) index.remove(after.message.seq)
      if (text !== null) index.add(after.message.seq, text)
    },
    insertRelation: (seq, { kind, target, targetOffset }) =>
      void statements.insertRelation.run(seq, room, kind, target, targetOffset),
    // Triggers of the schema remove it from the index, and delete its relation.
    remove: ({ message }) => void statements.remove.run(message.seq),

    relationsTo: (target, offset) =>
      statements.relationsTo
        .all(room, offset, target)
        .map(({ kind, ...row }) => ({ kind, message: toMessage(row) })),

    newestTime: () => statements.newestTime.get(room) ?? 0,
    timeBefore: offset => statements.timeBefore.get(room, offset) ?? 0,
    newestChat: () => statements.newestChat.get(room) ?? null,
    othersUpTo: at => statements.othersUpTo.get(room, ...positionValues(at)) ?? null,
    idBefore: at => statements.idBefore.get(room, ...positionValues(at)) ?? null,
    countAfter: at =>
      statements.countAfter.get(room, ...positionValues(at ?? beforeAll)) ?? { unread: 0, mentions: 0 },
  })

  return key => {
    const room = statements.roomId.get(key)
    return room === undefined ? null : rowsOf(room)
  }
}
