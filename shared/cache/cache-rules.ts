/** The writing calls of a cache that concern messages, for any store. */
import { Failure, type AppError } from '../contract/errors.ts'
import type { ChangedMessage, Delivery, MessageId, Room, RoomKey } from '../contract/model.ts'
import type { CacheRows, RoomRows } from './room-rows.ts'
import { RoomWriter } from './room-writer.ts'
import { storedOf, type ArrivedMessage, type MessageRecord, type Stored } from './stored.ts'

/** As the methods of {@link import('../core/ports.ts').MessageCache}; each has to run within one transaction of the store. */
export interface CacheRules {
  storeMessages: (arrived: readonly ArrivedMessage[]) => Stored
  queueMessage: (message: ArrivedMessage) => Stored
  setDelivery: (room: RoomKey, id: MessageId, delivery: Delivery, failure?: AppError) => Stored | null
  discardMessage: (room: RoomKey, id: MessageId) => Stored
  markRead: (room: RoomKey, upTo: MessageId) => Room
}

/** @returns the record with another delivery; null if that can't change, because the message is confirmed or of somebody else. */
const withDelivery = (
  { message, extra, attempts }: MessageRecord,
  delivery: Delivery,
  failure: AppError | null,
): MessageRecord | null =>
  message.delivery === null || message.delivery === 'confirmed'
    ? null
    : {
        message: {
          ...message,
          delivery,
          failure: delivery === 'failed' || delivery === 'sent' ? failure : null,
        },
        extra,
        attempts: attempts + (delivery === 'sent' && failure === null ? 1 : 0),
      }

export const createCacheRules = (rows: CacheRows): CacheRules => {
  /** @throws Failure `not-found`. */
  const roomRows = (room: RoomKey): RoomRows => {
    const found = rows.rowsOf(room)
    if (!found) throw new Failure('not-found')
    return found
  }
  const stored = (changed: ChangedMessage[]): Stored => storedOf(changed, rows.roomOf)

  /** Writes to one room. */
  const write = (room: RoomRows, work: (writer: RoomWriter) => void): Stored => {
    const changed: ChangedMessage[] = []
    const writer = new RoomWriter(room, changed)
    work(writer)
    writer.save()
    return stored(changed)
  }

  return {
    storeMessages(arrived) {
      const writers = new Map<RoomKey, RoomWriter | null>()
      const changed: ChangedMessage[] = []
      const writerOf = (key: RoomKey): RoomWriter | null => {
        const room = rows.rowsOf(key)
        const writer = room && new RoomWriter(room, changed)
        writers.set(key, writer)
        return writer
      }
      for (const message of arrived) {
        const known = writers.get(message.room)
        const writer = known === undefined ? writerOf(message.room) : known
        writer?.put(message, null)
      }
      for (const writer of writers.values()) writer?.save()
      return stored(changed)
    },

    queueMessage(message) {
      const room = roomRows(message.room)
      if (room.byId(message.id)) return stored([])
      room.clearDraft()
      return write(room, writer => writer.put(message, 'queued'))
    },

    setDelivery(room, id, delivery, failure) {
      const found = rows.rowsOf(room)
      const known = found?.byId(id)
      if (!found || !known) return null
      const record = withDelivery(known, delivery, failure ?? null)
      if (!record) return stored([])
      found.update(record, known)
      return stored([{ message: record.message, change: 'updated' }])
    },

    discardMessage: (room, id) => write(roomRows(room), writer => writer.discard(id)),

    markRead(room, upTo) {
      write(roomRows(room), writer => writer.markRead(upTo))
      return rows.roomOf(room)
    },
  }
}
