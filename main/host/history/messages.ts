/** The messages of the rooms: written in order, many in one transaction. */
import type { Database } from 'better-sqlite3'
import { Failure } from '../../../shared/contract/errors.ts'
import type { HostLog, Keep } from '../ports/options.ts'
import { roomOfMessages } from '../wire/room-topics.ts'
import { step } from './steps.ts'
import { openErasing } from './erasing.ts'
import { openHeads, placeOf, type Head, type MovingHeads } from './heads.ts'
import { createLastMinute } from './last-minute.ts'
import { openRetention } from './retention.ts'
import { openStreams, type LocalStreams } from './streams.ts'

/** Messages in one transaction at most, so that a flood does not hold everybody else up. */
const maxBatch = 512

/** What the host gives a message when it is stored. */
export interface Stamp {
  offset: number
  /** By the host's clock, which may have been set back since the message before. Milliseconds since the epoch. */
  sentAt: number
}

/** What stands in the place of a message that is deleted. */
interface Tombstone {
  offset: number
  body: string
}

export interface NewMessage {
  roomId: string
  senderId: string
  /** Made by the sender; unique for this sender in this room. */
  messageId: string
  /** @returns the JSON that is kept and that everybody gets. Must not throw. */
  body(stamp: Stamp): string
  /** Stored with the message or not at all; where the message there is deleted already, neither is stored. */
  erases?: Tombstone
}

interface StoredMessage {
  offset: number
  body: Uint8Array
}

/** A message as it is found in the history. */
export interface FoundMessage extends StoredMessage {
  messageId: string
  senderId: string
  erased: boolean
}

export interface MessageLog extends LocalStreams {
  /**
   * Stores a message of a room that exists; resolves in the order of the calls, when it is on disk.
   * @returns null where the sender's message of this id is there already.
   * @throws what SQLite threw; none of the transaction is stored then. {Failure} `disk-full` where the disk has little left.
   */
  append(message: NewMessage): Promise<StoredMessage | null>
  /**
   * @returns the message at this offset, or the first one of this id.
   * @throws {RangeError} for an offset that no room can have.
   */
  find(roomId: string, at: { offset: number } | { messageId: string }): FoundMessage | undefined
  /** @returns the offset of the room's next message; 0 where there is no such room. */
  next(roomId: string): number
  /**
   * @returns how many messages the room has got within the last minute, since the history was opened, and when its last one was sent
   *   (milliseconds since the epoch; null before the first).
   */
  activity(roomId: string): { count: number; lastAt: number | null }
  /** Drops some of the oldest messages that need not be kept. @returns whether there may be more of them. */
  trim(roomId: string, keep: Keep): boolean
  /** Takes messages of rooms that were deleted off the disk, some at a time. @returns whether there may be more of them. */
  purge(): boolean
  /** The room is deleted: another one may get its id. */
  forget(roomId: string): void
  /** @returns how many messages were stored since it opened. */
  stored(): number
  /** Writes what waits, now. */
  flush(): void
}

interface Waiting {
  message: NewMessage
  resolve(stored: StoredMessage | null): void
  reject(thrown: unknown): void
}

type FoundRow = Omit<FoundMessage, 'erased'> & { erasedAt: number | null }

interface MessagesOptions {
  database: Database
  /** @returns whether the disk has room for messages; deletions are stored as long as it takes them. */
  hasSpace: () => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  log: HostLog
}

export const openMessages = ({ database, hasSpace, now, log }: MessagesOptions): MessageLog => {
  const insert = database.prepare<[number, number, number | null, string, string, Uint8Array]>(
    `INSERT INTO message (place, sent_at, reached_at, sender_id, message_id, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (message_id, sender_id, room) DO NOTHING`,
  )
  const lengthAt = database
    .prepare<[number, number], number>(
      'SELECT length(body) FROM message WHERE room = ? AND place = ? AND erased_at IS NULL',
    )
    .pluck()
  const overwrite = database.prepare<[Uint8Array, number, number, number]>(
    'UPDATE message SET body = ?, erased_at = ? WHERE room = ? AND place = ?',
  )
  const columns = '"offset", message_id AS messageId, sender_id AS senderId, body, erased_at AS erasedAt'
  const findAt = database.prepare<[number, number], FoundRow>(
    `SELECT ${columns} FROM message WHERE room = ? AND place = ?`,
  )
  const findFirst = database.prepare<[number, string], FoundRow>(
    `SELECT ${columns} FROM message WHERE room = ? AND message_id = ? ORDER BY place LIMIT 1`,
  )

  const heads = openHeads(database)
  const erase = openErasing(database, log)
  const lastMinute = createLastMinute(now)
  const waiting: Waiting[] = []

  /** @returns false where there is nothing at that offset to erase. */
  const bury = ({ offset, body }: Tombstone, head: Head, at: number): boolean => {
    const place = placeOf(head, offset)
    const length = lengthAt.get(head.room, place)
    if (length === undefined) return false
    const tombstone = Buffer.from(body)
    overwrite.run(tombstone, at, head.room, place)
    head.bytes += tombstone.length - length
    return true
  }

  /** Stores one message after the head of its room and moves that on. */
  const store = (message: NewMessage, moving: MovingHeads): StoredMessage | null => {
    const head = moving.of(message.roomId)
    const stamp: Stamp = { offset: head.next, sentAt: now() }
    if (message.erases && !bury(message.erases, head, stamp.sentAt)) return null
    const body = Buffer.from(message.body(stamp))
    const place = placeOf(head, stamp.offset)
    const isAhead = head.reachedAt > stamp.sentAt
    const reachedAt = isAhead ? head.reachedAt : null
    const { changes } = insert.run(place, stamp.sentAt, reachedAt, message.senderId, message.messageId, body)
    if (changes === 0) return null
    head.next += 1
    head.lastSentAt = stamp.sentAt
    head.reachedAt = reachedAt ?? stamp.sentAt
    head.bytes += body.length
    return { offset: stamp.offset, body }
  }

  let storedCount = 0
  const fail = (batch: readonly Waiting[], thrown: unknown): void => {
    const error = thrown instanceof Error ? thrown.message : String(thrown)
    log.error('messages not stored', { count: batch.length, error })
    for (const item of batch) item.reject(thrown)
  }
  /** @returns the next messages to be stored. */
  const nextBatch = (): Waiting[] => {
    const batch = waiting.splice(0, maxBatch)
    if (batch.length === 0 || hasSpace()) return batch
    const [deletions, others] = [true, false].map(erases =>
      batch.filter(({ message }) => (message.erases !== undefined) === erases),
    )
    if (others?.length) fail(others, new Failure('disk-full', { file: database.name }))
    return deletions ?? []
  }
  const flush = (): void => {
    const batch = nextBatch()
    if (waiting.length > 0) setImmediate(flush)
    if (batch.length === 0) return
    try {
      const stored: (StoredMessage | null)[] = []
      heads.moving(moving => {
        for (const { message } of batch) stored.push(store(message, moving))
        step('stored')
      })
      step('committed')
      batch.forEach(({ message: { roomId } }, index) => {
        if (stored[index]) lastMinute.add(roomId)
      })
      storedCount += stored.filter(each => each !== null).length
      if (batch.some(({ message }) => message.erases)) erase()
      batch.forEach((item, index) => item.resolve(stored[index] ?? null))
    } catch (thrown) {
      fail(batch, thrown)
    }
  }

  const retention = openRetention(database, heads, now)
  const streams = openStreams(database, destination => {
    const roomId = roomOfMessages(destination)
    return roomId === null ? undefined : heads.of(roomId)
  })
  return {
    append: message =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ message, resolve, reject })
      }),
    find: (roomId, at) => {
      const head = heads.of(roomId)
      const row =
        head &&
        ('offset' in at
          ? findAt.get(head.room, placeOf(head, at.offset))
          : findFirst.get(head.room, at.messageId))
      if (!row) return undefined
      const { erasedAt, ...found } = row
      return { ...found, erased: erasedAt !== null }
    },
    next: roomId => heads.of(roomId)?.next ?? 0,
    activity: roomId => ({
      count: lastMinute.count(roomId),
      lastAt: heads.of(roomId)?.lastSentAt ?? null,
    }),
    trim: (roomId, keep) => retention.trim(roomId, keep),
    purge: () => {
      const goesOn = retention.purge()
      if (goesOn) erase()
      return goesOn
    },
    forget: roomId => heads.forget(roomId),
    stored: () => storedCount,
    flush: () => {
      while (waiting.length > 0) flush()
    },
    ...streams,
  }
}
