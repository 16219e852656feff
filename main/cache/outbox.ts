import type { RoomId, ServerId } from '../../shared/contract/model.ts'
import type { OutboxEntry } from '../../shared/core/ports.ts'
import type { ReadableDatabase } from '../sqlite/database.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'

type EntryRow = MessageRow & { roomId: RoomId; attempts: number }

/** Lists the person's messages under way: those whose delivery is `queued` or `sent`. */
export const createOutbox = (db: ReadableDatabase): ((serverId: ServerId) => OutboxEntry[]) => {
  const select = db.prepare<[ServerId], EntryRow>(`
    SELECT ${messageColumns}, rooms.room_id AS roomId, messages.attempts
    FROM messages CROSS JOIN rooms ON rooms.id = messages.room
    WHERE messages.delivery IN ('queued', 'sent') AND rooms.server_id = ? ORDER BY messages.seq`)
  return serverId =>
    select
      .all(serverId)
      .map(({ roomId, attempts, ...row }) => ({ message: toMessage(row), serverId, roomId, attempts }))
}
