import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { general, home, id, live, mine, random } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere, furnish, newFile, openHere } from './fixtures.ts'

/** A cache with some messages, and a way to damage its index as a bad disk would. */
const withDamage = () => {
  const db = openHere(newFile())
  const cache = furnish(createCache(db))
  cache.storeMessages(
    Array.from({ length: 200 }, (_, n) =>
      live(`m${n}`, n, { content: `안녕 ${n} hello`, room: n % 2 ? random : general }),
    ),
  )
  const damage = () => {
    db.unsafeMode(true)
    db.exec(`UPDATE search_data SET block = x'0badc0de' WHERE id > 10`)
    db.unsafeMode(false)
  }
  const found = (query: string) => cache.searchMessages({ query, limit: 300 }).hits.length
  return { db, cache, damage, found }
}

test('a damaged index is built anew when it is searched', () => {
  const { damage, found } = withDamage()
  damage()
  expect(found('안녕')).toBe(200)
  expect(found('199')).toBe(1)
})

test('a damaged index neither stops messages from coming nor from going', () => {
  const { cache, damage, found } = withDamage()
  cache.queueMessage(mine('own', 500, { content: '내 안녕' }))
  damage()
  cache.discardMessage(general, id('own'))
  expect(found('안녕')).toBe(200)
  damage()
  cache.removeRoom(random)
  expect(found('안녕')).toBe(100)
  damage()
  cache.storeMessages([live('late', 600, { content: '안녕 late' })])
  expect(found('안녕')).toBe(101)
})

test('what goes with its server leaves the index, and its numbers may be used again', () => {
  const { db, cache, found } = withDamage()
  cache.removeServer(home)
  expect(db.prepare(`SELECT count(*) FROM search ('hello')`).pluck().get()).toBe(0)
  furnish(cache).storeMessages([live('new', 1, { content: 'other words' })])
  expect(found('hello')).toBe(0)
  expect(found('other')).toBe(1)
})

test('types that are not shown are not found', () => {
  const cache = cacheHere()
  cache.storeMessages([live('a', 1, { type: 'EDIT', content: '몰래' }), live('b', 2, { content: '몰래' })])
  const { hits } = cache.searchMessages({ query: '몰래', limit: 5 })
  expect(hits.map(hit => hit.message.id)).toEqual(['b'])
})
