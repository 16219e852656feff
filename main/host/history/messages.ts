/** The messages of the rooms: written in order, many in one transaction, and read back as streams. */
import type { Database } from 'better-sqlite3'
import type { StreamStore } from '../../broker/hooks.ts'
import type { HostLog } from '../options.ts'

/** Messages in one transaction at most, so that a flood does not hold everybody else up. */
const maxBatch = 512

/** What the host gives a message when it is stored. */
export interface Stamp {
  offset: number
  /** Milliseconds since the epoch; never less than that of the message before in the room. */
  sentAt: number
}

export interface NewMessage {
  roomId: string
  senderId: string
  /** Made by the sender; unique for this sender in this room. */
  messageId: string
  /** @returns the JSON that is kept and that everybody gets. Must not throw. */
  body(stamp: Stamp): string
}

interface StoredMessage {
  offset: number
  body: Uint8Array
}

export interface MessageLog extends StreamStore {
  /**
   * Stores a message of a room that exists; resolves in the order of the calls, when it is on disk.
   * @returns null where the sender's message of this id is there already.
   * @throws what SQLite threw; none of the transaction is stored then.
   */
  append(message: NewMessage): Promise<StoredMessage | null>
  /** Writes what waits, now. */
  flush(): void
}

/** The end of a room's history. */
interface Head {
  room: number
  next: number
  lastSentAt: number
}

interface Waiting {
  message: NewMessage
  resolve(stored: StoredMessage | null): void
  reject(thrown: unknown): void
}

const destinationPrefix = '/topic/room.'
const jsonHeaders = { 'content-type': 'application/json' }

/** @returns the destination on which a room's messages are broadcast. */
export const roomDestination = (roomId: string): string => destinationPrefix + roomId

/** @param now the clock, in milliseconds since the epoch. */
export const openMessages = (database: Database, now: () => number, log: HostLog): MessageLog => {
  const selectHead = database.prepare<[string], Head>(
    'SELECT room, next_offset AS next, last_sent_at AS lastSentAt FROM room WHERE room_id = ?',
  )
  const insert = database.prepare<[number, number, number, string, string, Uint8Array]>(
    `INSERT INTO message (room, "offset", sent_at, sender_id, message_id, body) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (room, message_id, sender_id) DO NOTHING`,
  )
  const saveHead = database.prepare<[number, number, number]>(
    'UPDATE room SET next_offset = ?, last_sent_at = ? WHERE room = ?',
  )
  const selectFirst = database.prepare<[number], { first: number | null }>(
    'SELECT min("offset") AS first FROM message WHERE room = ?',
  )
  const selectFrom = database.prepare<
    [number, number, number],
    { offset: number; timestamp: number; body: Uint8Array }
  >(
    `SELECT "offset", sent_at AS timestamp, body FROM message WHERE room = ? AND "offset" >= ? ORDER BY "offset" LIMIT ?`,
  )

  /** Ends of the rooms as they are on disk. */
  const heads = new Map<string, Head>()
  const waiting: Waiting[] = []

  const headOf = (roomId: string): Head | undefined => {
    const known = heads.get(roomId) ?? selectHead.get(roomId)
    if (known) heads.set(roomId, known)
    return known
  }
  const headAt = (destination: string): Head | undefined =>
    destination.startsWith(destinationPrefix)
      ? headOf(destination.slice(destinationPrefix.length))
      : undefined

  const copyOfHead = (roomId: string): Head => {
    const head = headOf(roomId)
    if (!head) throw new Error('the room does not exist')
    return { ...head }
  }

  /** Stores one message after `head` and moves `head` on. */
  const store = (message: NewMessage, head: Head): StoredMessage | null => {
    const stamp: Stamp = { offset: head.next, sentAt: Math.max(now(), head.lastSentAt) }
    const body = Buffer.from(message.body(stamp))
    const { changes } = insert.run(
      head.room,
      stamp.offset,
      stamp.sentAt,
      message.senderId,
      message.messageId,
      body,
    )
    if (changes === 0) return null
    head.next += 1
    head.lastSentAt = stamp.sentAt
    return { offset: stamp.offset, body }
  }

  const storeAll = database.transaction((batch: Waiting[], moved: Map<string, Head>) => {
    const stored = batch.map(({ message }) => {
      const head = moved.get(message.roomId) ?? copyOfHead(message.roomId)
      moved.set(message.roomId, head)
      return store(message, head)
    })
    for (const head of moved.values()) saveHead.run(head.next, head.lastSentAt, head.room)
    return stored
  })

  const flush = (): void => {
    const batch = waiting.splice(0, maxBatch)
    if (batch.length === 0) return
    if (waiting.length > 0) setImmediate(flush)
    const moved = new Map<string, Head>()
    try {
      const stored = storeAll.immediate(batch, moved)
      for (const [roomId, head] of moved) heads.set(roomId, head)
      batch.forEach((item, index) => item.resolve(stored[index] ?? null))
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown)
      log.error('messages not stored', { count: batch.length, error })
      for (const item of batch) item.reject(thrown)
    }
  }

  return {
    append: message =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ message, resolve, reject })
      }),
    flush: () => {
      while (waiting.length > 0) flush()
    },
    has: destination => headAt(destination) !== undefined,
    bounds: destination => {
      const head = headAt(destination)
      if (!head) return { first: 0, next: 0 }
      return { first: selectFirst.get(head.room)?.first ?? head.next, next: head.next }
    },
    read: (destination, offset, limit) => {
      const head = headAt(destination)
      if (!head) return []
      return selectFrom.all(head.room, offset, limit).map(row => ({ ...row, headers: jsonHeaders }))
    },
    offsetAt: (destination, timestamp) => {
      const head = headAt(destination)
      if (!head) return 0
      // sent_at never falls with the offset, so halving finds the place without an index of its own.
      let low = selectFirst.get(head.room)?.first ?? head.next
      let high = head.next
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const [entry] = selectFrom.all(head.room, middle, 1)
        if (entry && entry.timestamp < timestamp) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}
