import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { general, home, kept, live, mine, random } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere, furnish, newFile, openHere } from './fixtures.ts'

test('a batch holds wholly or not at all: messages, summary, cursor and index', () => {
  const cache = cacheHere()
  const before = cache.load()
  const batch = [kept('a', 0, 1), kept('b', 1, Number.NaN), kept('c', 2, 3)]
  expect(() => cache.storeMessages(batch)).toThrow('NOT NULL')
  expect(cache.load()).toEqual(before)
  expect(cache.resumePoint(general)).toBeNull()
  expect(cache.listMessages({ room: general, limit: 5 }).messages).toEqual([])
  expect(cache.searchMessages({ query: 'text', limit: 5 }).hits).toEqual([])
})

test('each room of a batch comes once, as it is after the batch', () => {
  const { rooms } = cacheHere().storeMessages([live('a', 1), live('b', 2, { room: random }), live('c', 3)])
  expect(rooms.map(({ key, unread }) => [key, unread])).toEqual([
    [general, 2],
    [random, 1],
  ])
})

test('what it answers is what it lists', () => {
  const cache = cacheHere()
  const { changed } = cache.storeMessages([
    kept('a', 0, 10, { sentAt: 10.7 }),
    live('b', 20, { mentionsMe: true, senderId: null }),
  ])
  changed.push(...cache.queueMessage(mine('c', 30)).changed)
  expect(cache.listMessages({ room: general, limit: 5 }).messages).toEqual(changed.map(each => each.message))
  expect(changed[0]?.message.sentAt).toBe(10)
})

test('queueing the same message again changes nothing: only the server confirms', () => {
  const cache = cacheHere()
  cache.queueMessage(mine('a', 1))
  expect(cache.queueMessage(mine('a', 2))).toEqual({ changed: [], rooms: [] })
  expect(cache.listOutbox(home)).toHaveLength(1)
})

test('an echo teaches who one is on the server', () => {
  const cache = cacheHere()
  cache.queueMessage(mine('a', 1))
  const { changed } = cache.storeMessages([mine('a', 2, { senderId: 'p7' })])
  expect(changed[0]).toMatchObject({ change: 'updated' })
  expect(changed[0]?.message).toMatchObject({
    senderId: 'p7',
    delivery: 'confirmed',
    offset: null,
    sortAt: 1,
  })
})

test('what Stompbox does not know of a message is kept, also when only the echo tells it', () => {
  const db = openHere(newFile())
  const cache = furnish(createCache(db))
  cache.storeMessages([live('a', 1, { extra: '{"mood":"good"}' })])
  cache.queueMessage(mine('b', 2))
  cache.storeMessages([mine('b', 3, { extra: '{"node":"x"}' })])
  expect(db.prepare('SELECT id, extra FROM messages ORDER BY seq').all()).toEqual([
    { id: 'a', extra: '{"mood":"good"}' },
    { id: 'b', extra: '{"node":"x"}' },
  ])
})

test('a replay of what is known writes nothing', () => {
  const db = openHere(newFile())
  const cache = furnish(createCache(db))
  const batch = Array.from({ length: 50 }, (_, n) => kept(`m${n}`, n, n))
  cache.storeMessages(batch)
  const changes = db.prepare<[], number>(`SELECT total_changes()`).pluck()
  const before = changes.get() ?? 0
  expect(cache.storeMessages(batch)).toEqual({ changed: [], rooms: [] })
  // The one row is the room's summary.
  expect((changes.get() ?? 0) - before).toBe(1)
})
