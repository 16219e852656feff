/** The cache: the cost of full-text indexing when messages are stored, and its benefit for search. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCache, type CacheCalls } from '../main/cache/cache.ts'
import type { WritableDatabase } from '../main/sqlite/database.ts'
import { openDatabase } from '../main/cache/open.ts'
import { createRoomRows } from '../main/cache/room-rows.ts'
import { createRooms } from '../main/cache/rooms.ts'
import { createCacheRules } from '../shared/cache/cache-rules.ts'
import { roomIdSchema, roomKey } from '../shared/contract/model.ts'
import type { ArrivedMessage } from '../shared/core/ports.ts'
import { arrivals, furnish, inBatches, serverId } from './cache-contents.ts'
import { chatTexts } from './chat-text.ts'
import { compare, type Comparison, type Side } from './harness.ts'

const [large, small] = ['large', 'small'].map(name => roomIdSchema.parse(name))
if (!large || !small) throw new Error('two rooms')
const rooms = [large, small]

type Store = (batch: ArrivedMessage[]) => unknown

const withSearch = (db: WritableDatabase): Store => createCache(db).storeMessages
const withoutSearch = (db: WritableDatabase): Store => {
  const noIndex = { add: () => undefined, remove: () => undefined }
  const rules = createCacheRules({ rowsOf: createRoomRows(db, noIndex), roomOf: createRooms(db).get })
  return db.transaction(rules.storeMessages)
}

/** Stores the batches, each time in a new file of `folder`; a tenth of the messages comes twice. */
const ingest = (
  label: string,
  folder: string,
  batches: ArrivedMessage[][],
  storeOf: typeof withSearch,
): Side => {
  let db: WritableDatabase | undefined
  let store: Store = () => undefined
  return {
    label,
    prepare() {
      db?.close()
      db = openDatabase(join(mkdtempSync(join(folder, 'ingest-')), 'messages.db'))
      furnish(createCache(db), rooms)
      store = storeOf(db)
    },
    run() {
      for (const [n, batch] of batches.entries()) {
        store(batch)
        if (n % 10 === 0) store(batch)
      }
    },
  }
}

const repeated = (label: string, times: number, run: () => unknown): Side => ({
  label,
  run() {
    for (let n = 0; n < times; n++) run()
  },
})

const compareIngest = (folder: string, name: string, count: number, size: number): Promise<Comparison> => {
  const batches = inBatches(arrivals(chatTexts(count), large), size)
  return compare({
    name,
    baseline: ingest('without search', folder, batches, withoutSearch),
    candidate: ingest('with search', folder, batches, withSearch),
    bar: 0.4,
  })
}

const comparePages = (cache: CacheCalls): Promise<Comparison> => {
  const latest = (roomId: typeof large) => () =>
    cache.listMessages({ room: roomKey(serverId, roomId), limit: 50 }).messages.length
  return compare({
    name: 'latest 50 messages, 100 times',
    baseline: repeated('of 1,000', 100, latest(small)),
    candidate: repeated('of 100,000', 100, latest(large)),
    bar: 0.7,
  })
}

const compareSearch = (cache: CacheCalls, db: WritableDatabase, query: string): Promise<Comparison> => {
  const like = db.prepare<[string]>(`
    SELECT messages.*, rooms.name FROM messages JOIN rooms ON rooms.id = messages.room
    WHERE type = 'CHAT' AND content LIKE ? ORDER BY seq DESC LIMIT 30`)
  return compare({
    name: `two syllables (${query}) in 101,000 messages`,
    baseline: repeated('LIKE', 1, () => like.all(`%${query}%`)),
    candidate: repeated('search', 1, () => cache.searchMessages({ query, limit: 30 })),
    bar: 10,
  })
}

export const benchCache = async (): Promise<Comparison[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'stompbox-bench-'))
  try {
    const ingests = [
      await compareIngest(folder, 'store 20,000 messages, 100 a time', 20_000, 100),
      await compareIngest(folder, 'store 5,000 messages, one a time', 5000, 1),
    ]
    const db = openDatabase(join(folder, 'full.db'))
    const cache = createCache(db)
    furnish(cache, rooms)
    // A word that only a handful of messages has, like a typical query.
    const texts = chatTexts(100_000).map((text, n) => (n % 20_000 === 7 ? `${text} 새벽안녕하` : text))
    for (const batch of inBatches(arrivals(texts, large), 1000)) cache.storeMessages(batch)
    cache.storeMessages(arrivals(chatTexts(1000), small))
    const lookups = [
      await comparePages(cache),
      await compareSearch(cache, db, '안녕'),
      await compareSearch(cache, db, '없음'),
    ]
    db.close()
    return [...ingests, ...lookups]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
