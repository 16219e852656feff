import type { MessagePosition, RoomKey } from '../../shared/contract/model.ts'
import type { ReadableDatabase } from '../sqlite/database.ts'
import type { RoomPart } from './kept-cache.ts'
import { aPosition, oldestFirst, position, positionValues, type PositionValues } from './position.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'

const beforeAll: MessagePosition = { sortAt: Number.MIN_SAFE_INTEGER, offset: null, seq: 0 }

/** Reads whole rooms part by part along the index `place`, so that a part costs the same wherever it is. */
export const createRoomParts = (db: ReadableDatabase) => {
  const from = 'FROM rooms JOIN messages ON messages.room = rooms.id WHERE rooms.key = ?'
  const count = db.prepare<[RoomKey], number>(`SELECT count(*) ${from}`).pluck()
  const select = db.prepare<[RoomKey, ...PositionValues, number], MessageRow>(
    `SELECT ${messageColumns} ${from} AND ${position} > ${aPosition} ORDER BY ${oldestFirst} LIMIT ?`,
  )
  return {
    count: (room: RoomKey): number => count.get(room) ?? 0,
    read: (room: RoomKey, after: MessagePosition | null, limit: number): RoomPart => {
      const messages = select.all(room, ...positionValues(after ?? beforeAll), limit).map(toMessage)
      const last = messages.at(-1)
      return { messages, next: last !== undefined && messages.length === limit ? last : null }
    },
  }
}
