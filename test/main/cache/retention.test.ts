import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { general, home, id, kept, live, mine, random } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere, furnish, newFile, openHere } from './fixtures.ts'

const idsIn = (cache: ReturnType<typeof cacheHere>, room = general) =>
  cache.listMessages({ room, limit: 200 }).messages.map(message => message.id)

test('old messages go in steps, and with them what the search knew of them', async () => {
  const cache = cacheHere()
  cache.storeMessages(Array.from({ length: 1000 }, (_, n) => kept(`m${n}`, n, n)))
  cache.markRead(general, id('m999'))
  expect(await cache.removeOld(900)).toBe(900)
  expect(idsIn(cache)).toEqual(Array.from({ length: 100 }, (_, n) => `m${n + 900}`))
  expect(cache.searchMessages({ query: 'm899', limit: 5 }).hits).toEqual([])
  expect(cache.searchMessages({ query: 'm900', limit: 5 }).hits).toHaveLength(1)
  expect(cache.resumePoint(general)).toMatchObject({ offset: 999 })
  expect(await cache.removeOld(900)).toBe(0)
})

test('unread and unsent messages, drafts, the read mark and the preview stay', async () => {
  const cache = cacheHere()
  cache.storeMessages(Array.from({ length: 10 }, (_, n) => kept(`m${n}`, n, n)))
  cache.markRead(general, id('m5'))
  cache.queueMessage(mine('queued', 20))
  cache.queueMessage(mine('failed', 21))
  cache.setDelivery(general, id('failed'), 'failed', { code: 'not-allowed' })
  cache.saveDraft(general, '쓰던 글')
  cache.storeMessages([live('alone', 1, { room: random })])
  expect(await cache.removeOld(1000)).toBe(5)
  expect(idsIn(cache)).toEqual(['m5', 'm6', 'm7', 'm8', 'm9', 'queued', 'failed'])
  expect(idsIn(cache, random)).toEqual(['alone'])
  expect(cache.listOutbox(home)).toHaveLength(1)
  expect(cache.load().rooms).toMatchObject([{ unread: 4, draft: '쓰던 글' }, { unread: 1 }])

  cache.markRead(general, id('m9'))
  expect(await cache.removeOld(1000)).toBe(4)
  expect(idsIn(cache)).toEqual(['m9', 'queued', 'failed'])
  expect(cache.load().rooms[0]).toMatchObject({ unread: 0, last: { content: 'text of failed' } })
})

test('what a server with a wrong clock has sent just now is not old', async () => {
  const cache = cacheHere()
  cache.storeMessages(Array.from({ length: 10 }, (_, n) => kept(`m${n}`, n, n, { receivedAt: 5000 })))
  cache.markRead(general, id('m9'))
  expect(await cache.removeOld(1000)).toBe(0)
})

test('a later pass takes the place of the one that is running', async () => {
  const cache = cacheHere()
  cache.storeMessages(Array.from({ length: 1000 }, (_, n) => kept(`m${n}`, n, n)))
  cache.markRead(general, id('m999'))
  const [first, second] = [cache.removeOld(1000), cache.removeOld(500)]
  expect([await first, await second]).toEqual([0, 500])
})

test('the space of removed messages is given back', async () => {
  const file = newFile()
  const cache = furnish(createCache(openHere(file)))
  const content = 'x'.repeat(1000)
  cache.storeMessages(Array.from({ length: 2000 }, (_, n) => kept(`m${n}`, n, n, { content })))
  cache.markRead(general, id('m1999'))
  const before = cache.storageUse()
  expect(before).toMatchObject({ messages: 2000 })
  expect(before.bytes).toBeGreaterThan(2_000_000)
  await cache.removeOld(1900)
  const use = cache.storageUse()
  expect(use.unused).toBeGreaterThan(1_500_000)
  const after = cache.compact()
  expect(after).toMatchObject({ messages: 100, unused: 0 })
  expect(after.bytes).toBeLessThan(before.bytes / 4)
  expect(idsIn(cache)).toHaveLength(100)
  expect(cache.searchMessages({ query: 'x'.repeat(10), limit: 1 })).toBeDefined()
})

test('closing ends a pass', async () => {
  const cache = furnish(createCache(openDatabase(newFile())))
  cache.storeMessages(Array.from({ length: 1000 }, (_, n) => kept(`m${n}`, n, n)))
  const pass = cache.removeOld(1000)
  cache.close()
  expect(await pass).toBe(0)
})
