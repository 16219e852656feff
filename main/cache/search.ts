import Database from 'better-sqlite3'
import {
  chatType,
  type RoomKey,
  type SearchHit,
  type SearchPage,
  type ServerId,
} from '../../shared/contract/model.ts'
import type { MessageCache } from '../../shared/core/ports.ts'
import type { ReadableDatabase, WritableDatabase } from '../sqlite/database.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'
import { toIndexText, toMatchExpression } from './search-text.ts'

/** The full-text index; a trigger of the schema removes deleted messages from it. */
export const createSearchIndex = (db: WritableDatabase) => {
  const insert = db.prepare<[number, string]>('INSERT INTO search (rowid, content) VALUES (?, ?)')
  const remove = db.prepare<[number]>('DELETE FROM search WHERE rowid = ?')
  const empty = db.prepare<[]>(`INSERT INTO search (search) VALUES ('delete-all')`)
  const endReindexing = db.prepare<[]>('DELETE FROM reindexing')
  const selectChat = db.prepare<[number], { seq: number; content: string }>(
    `SELECT seq, content FROM messages WHERE type = '${chatType}' AND seq > ? ORDER BY seq LIMIT 1000`,
  )

  const add = (seq: number, content: string): void => {
    insert.run(seq, toIndexText(content))
  }
  /** Rebuilds the index from the messages. */
  const rebuild = db.transaction(() => {
    empty.run()
    endReindexing.run()
    let messages = selectChat.all(0)
    while (messages.length > 0) {
      for (const { seq, content } of messages) add(seq, content)
      messages = selectChat.all(messages.at(-1)?.seq ?? 0)
    }
  })

  return {
    add,
    remove: (seq: number): void => {
      remove.run(seq)
    },
    /** @returns `work` that, if it meets a damaged index, rebuilds it and starts again. */
    mending:
      <Given extends unknown[], Value>(work: (...given: Given) => Value) =>
      (...given: Given): Value => {
        try {
          return work(...given)
        } catch (thrown) {
          if (!(thrown instanceof Database.SqliteError) || thrown.code !== 'SQLITE_CORRUPT_VTAB') throw thrown
          rebuild()
          return work(...given)
        }
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

/** Searches the index, newest arrivals first; its rowids are in the order of arrival. */
export const createSearch = (db: ReadableDatabase) => {
  // CROSS JOIN keeps SQLite from starting with the messages: the index yields its rows in order, and the limit ends the scan.
  const select = db.prepare<[SearchValues], MessageRow & { roomName: string }>(`
    SELECT ${messageColumns}, rooms.name AS roomName
    FROM search CROSS JOIN messages ON messages.seq = search.rowid CROSS JOIN rooms ON rooms.id = messages.room
    WHERE search MATCH @expression AND search.rowid < @before
      AND (@serverId IS NULL OR rooms.server_id = @serverId) AND (@room IS NULL OR rooms.key = @room)
    ORDER BY search.rowid DESC LIMIT @limit`)

  return ({
    query,
    isComposing = false,
    serverId,
    room,
    before,
    limit,
  }: Parameters<MessageCache['searchMessages']>[0]): SearchPage => {
    const expression = toMatchExpression(query, isComposing)
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
