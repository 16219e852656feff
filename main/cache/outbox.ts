import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { Delivery, MessageId, RoomId, RoomKey, ServerId } from '../../shared/contract/model.ts'
import type { ArrivedMessage, OutboxEntry, Stored } from '../../shared/core/ports.ts'
import type { createMessages } from './messages.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import type { createRemoval } from './removal.ts'
import type { createRooms } from './rooms.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'
import type { createSummaries } from './summaries.ts'

type EntryRow = MessageRow & { roomId: RoomId; attempts: number }

/** One's own messages on their way: those of the table whose delivery is `queued` or `sent`. */
export const createOutbox = (
  db: WritableDatabase,
  rooms: ReturnType<typeof createRooms>,
  summaries: ReturnType<typeof createSummaries>,
  messages: ReturnType<typeof createMessages>,
  removal: Pick<ReturnType<typeof createRemoval>, 'remove'>,
) => {
  const select = db.prepare<[ServerId], EntryRow>(`
    SELECT ${messageColumns}, rooms.room_id AS roomId, messages.attempts
    FROM messages CROSS JOIN rooms ON rooms.id = messages.room
    WHERE messages.delivery IN ('queued', 'sent') AND rooms.server_id = ? ORDER BY messages.seq`)
  const update = db.prepare<[Delivery, string | null, number, number]>(`
    UPDATE messages SET delivery = ?, failure = ?, attempts = attempts + ?
    WHERE seq = ? AND delivery <> 'confirmed'`)

  return {
    queue: (message: ArrivedMessage): Stored => {
      const summary = summaries.find(message.room)
      if (!summary) throw new Failure('not-found')
      if (messages.find(message.room, message.id)) return messages.storedOf([])
      const changed = messages.put(summary, message, 'queued')
      summaries.save(summary)
      rooms.saveDraft(message.room, '')
      return messages.storedOf(changed)
    },

    list: (serverId: ServerId): OutboxEntry[] =>
      select
        .all(serverId)
        .map(({ roomId, attempts, ...row }) => ({ message: toMessage(row), serverId, roomId, attempts })),

    setDelivery: (room: RoomKey, id: MessageId, delivery: Delivery, failure?: AppError): Stored | null => {
      const known = messages.find(room, id)
      if (!known) return null
      const reason = delivery === 'failed' && failure ? JSON.stringify(failure) : null
      const { changes } = update.run(delivery, reason, delivery === 'sent' ? 1 : 0, known.seq)
      const message = changes > 0 ? messages.find(room, id) : null
      return messages.storedOf(message ? [{ message, change: 'updated' }] : [])
    },

    discard: (room: RoomKey, id: MessageId): Stored => {
      const summary = summaries.find(room)
      const message = messages.find(room, id)
      const discardable = message && message.delivery !== null && message.delivery !== 'confirmed'
      if (!summary || !discardable) throw new Failure('not-found')
      removal.remove(summary, message)
      summaries.save(summary)
      return messages.storedOf([{ message, change: 'removed' }])
    },
  }
}
