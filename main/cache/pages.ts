import { Failure } from '../../shared/contract/errors.ts'
import type {
  Message,
  MessageId,
  MessagePage,
  MessagePosition,
  RoomKey,
} from '../../shared/contract/model.ts'
import type { MessageCache } from '../../shared/core/ports.ts'
import type { ReadableDatabase } from '../sqlite/database.ts'
import {
  aPosition,
  newestFirst,
  oldestFirst,
  position,
  positionColumns,
  positionValues,
  type PositionValues,
} from './position.ts'
import { messageColumns, toMessage, type MessageRow } from './rows.ts'

type Walk = [room: RoomKey, ...position: PositionValues, limit: number]

const beyondAll: PositionValues = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]

/** Pages of a room's messages, read along the index `place`, so their cost does not grow with the room. */
export const createPages = (db: ReadableDatabase) => {
  const from = 'FROM rooms JOIN messages ON messages.room = rooms.id WHERE rooms.key = ?'
  const findRoom = db.prepare<[RoomKey]>('SELECT 1 FROM rooms WHERE key = ?')
  const findPlace = db.prepare<[RoomKey, MessageId], MessagePosition>(
    `SELECT ${positionColumns} ${from} AND messages.id = ?`,
  )
  const earlier = db.prepare<Walk, MessageRow>(
    `SELECT ${messageColumns} ${from} AND ${position} < ${aPosition} ORDER BY ${newestFirst} LIMIT ?`,
  )
  const later = db.prepare<Walk, MessageRow>(
    `SELECT ${messageColumns} ${from} AND ${position} >= ${aPosition} ORDER BY ${oldestFirst} LIMIT ?`,
  )

  /** Up to `limit` messages before a position, and whether there are more. */
  const before = (room: RoomKey, at: PositionValues, limit: number): [messages: Message[], more: boolean] => {
    const rows = earlier.all(room, ...at, limit + 1)
    return [rows.slice(0, limit).reverse().map(toMessage), rows.length > limit]
  }
  /** Up to `limit` messages from a position on, and whether there are more. */
  const fromOn = (room: RoomKey, at: PositionValues, limit: number): [messages: Message[], more: boolean] => {
    const rows = later.all(room, ...at, limit + 1)
    return [rows.slice(0, limit).map(toMessage), rows.length > limit]
  }

  const placeOf = (room: RoomKey, id: MessageId): PositionValues => {
    const found = findPlace.get(room, id)
    if (!found) throw new Failure('not-found')
    return positionValues(found)
  }

  /** The message in the middle; if one side has too few messages, the page has more of the other. */
  const around = (room: RoomKey, id: MessageId, limit: number): MessagePage => {
    const at = placeOf(room, id)
    const [following, more] = fromOn(room, at, Math.ceil(limit / 2))
    const [preceding, hasEarlier] = before(room, at, limit - following.length)
    const lacking = limit - following.length - preceding.length
    const [all, hasLater] =
      lacking > 0 && more ? fromOn(room, at, following.length + lacking) : [following, more]
    return { messages: [...preceding, ...all], hasEarlier, hasLater }
  }

  return (query: Parameters<MessageCache['listMessages']>[0]): MessagePage => {
    const { room, limit } = query
    if (findRoom.get(room) === undefined) throw new Failure('not-found')
    if (query.around !== undefined) return around(room, query.around, limit)
    if (query.after !== undefined) {
      const [[, ...messages], hasLater] = fromOn(room, placeOf(room, query.after), limit + 1)
      return { messages, hasEarlier: true, hasLater }
    }
    const at = query.before === undefined ? beyondAll : placeOf(room, query.before)
    const [messages, hasEarlier] = before(room, at, limit)
    return { messages, hasEarlier, hasLater: query.before !== undefined }
  }
}
