import type { RoomKey, SearchHit, SearchPage, ServerId } from '../../shared/contract/model.ts'
import type { MessageCache } from '../../shared/core/ports.ts'
import type { ReadableDatabase, WritableDatabase } from './open.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'
import { toIndexText, toMatchExpression } from './search-text.ts'

/** The full-text index; the schema's trigger takes removed messages out of it. */
export const createSearchIndex = (db: WritableDatabase) => {
  const insert = db.prepare<[number, string]>('INSERT INTO search (rowid, content) VALUES (?, ?)')
  return {
    add: (seq: number, content: string): void => {
      insert.run(seq, toIndexText(content))
    },
  }
}

interface SearchValues {
  expression: string
  before: number
  serverId: ServerId | null
  room: RoomKey | null
  limit: number
}

/** Search over the index: newest first in the order of arrival, which is that of its rowids. */
export const createSearch = (db: ReadableDatabase) => {
  // CROSS JOIN keeps SQLite from starting with the messages: the index gives its rows in order and the limit ends the walk.
  const select = db.prepare<[SearchValues], MessageRow & { roomName: string }>(`
    SELECT ${messageColumns}, rooms.name AS roomName
    FROM search CROSS JOIN messages ON messages.seq = search.rowid CROSS JOIN rooms ON rooms.id = messages.room
    WHERE search MATCH @expression AND search.rowid < @before
      AND (@serverId IS NULL OR rooms.server_id = @serverId) AND (@room IS NULL OR rooms.key = @room)
    ORDER BY search.rowid DESC LIMIT @limit`)

  return ({
    query,
    serverId,
    room,
    before,
    limit,
  }: Parameters<MessageCache['searchMessages']>[0]): SearchPage => {
    const expression = toMatchExpression(query)
    if (expression === null) return { hits: [], next: null }
    const found = select
      .all({
        expression,
        before: before ?? Number.MAX_SAFE_INTEGER,
        serverId: serverId ?? null,
        room: room ?? null,
        limit: limit + 1,
      })
      .map(({ roomName, ...row }): SearchHit => ({ message: toMessage(row), roomName }))
    const hits = found.slice(0, limit)
    return { hits, next: found.length > limit ? (hits.at(-1)?.message.seq ?? null) : null }
  }
}
