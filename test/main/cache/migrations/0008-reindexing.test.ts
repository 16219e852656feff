import { expect, test } from 'vitest'
import { createCache } from '../../../../main/cache/cache.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { newFile, openHere } from '../fixtures.ts'

const count = 3_000

/** A closed file of the version before, in which `count` messages are indexed as they were then. */
const withMessages = (): string => {
  const file = newFile()
  const db = openDatabase(file, migrations.slice(0, 7))
  db.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (id, key, server_id, room_id, kind, name, topic, joined) VALUES (1, 's1/a', 's1', 'a', 'public', '로비', '', 1)`)
  const insert = db.prepare(`
    INSERT INTO messages (room, id, type, sender, content, sent_at, received_at, sort_at, own, mentions_me)
    VALUES (1, ?, ?, '서연', ?, ?, ?, ?, 0, 0)`)
  const index = db.prepare('INSERT INTO search (rowid, content) VALUES (?, ?)')
  db.transaction(() => {
    for (let n = 1; n <= count; n++) {
      const [type, content] = n % 10 === 0 ? ['JOIN', ''] : ['CHAT', `ｈｅｌｌｏ 🎉 ${n}`]
      insert.run(`m${n}`, type, content, n, n, n)
      if (type === 'CHAT') index.run(n, content)
    }
  })()
  db.close()
  return file
}
const chats = count * 0.9

test('what was indexed before is found as before, and is folded and found by its signs soon', async () => {
  const file = withMessages()
  const db = openHere(file, migrations)
  const cache = createCache(db)
  const found = (query: string): number => cache.searchMessages({ query, limit: count }).hits.length
  expect(found('2999')).toBe(1)
  expect(found('🎉')).toBe(0)
  await expect.poll(() => found('🎉')).toBe(chats)
  expect(found('HELLO 2999')).toBe(1)
  expect(found('2999')).toBe(1)
  // Everything is indexed once, and nothing is left to do.
  await expect.poll(() => db.prepare('SELECT * FROM reindexing').all()).toEqual([])
  expect(db.prepare('SELECT count(*) FROM search').pluck().get()).toBe(chats)
})

test('an app that ends meanwhile goes on at its next start; a file without messages has nothing to do', async () => {
  const file = withMessages()
  const first = openDatabase(file, migrations)
  const begun = createCache(first)
  await expect
    .poll(() => begun.searchMessages({ query: '🎉', limit: count }).hits.length, { interval: 1 })
    .toBeGreaterThan(0)
  begun.close()
  const db = openHere(file, migrations)
  const cache = createCache(db)
  await expect.poll(() => cache.searchMessages({ query: '🎉', limit: count }).hits.length).toBe(chats)

  const empty = newFile()
  openDatabase(empty, migrations.slice(0, 7)).close()
  expect(openHere(empty, migrations).prepare('SELECT * FROM reindexing').all()).toEqual([])
})
