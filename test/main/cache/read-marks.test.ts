import { expect, test } from 'vitest'
import type { RoomKey } from '../../../shared/contract/model.ts'
import { general, id, kept, mine } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere } from './fixtures.ts'

/** What a room of this cache says about reading. */
const reading = (cache: ReturnType<typeof cacheHere>, key: RoomKey = general) => {
  const room = cache.load().rooms.find(each => each.key === key)
  return { unread: room?.unread, lastReadId: room?.lastReadId }
}

test('own messages that the clock of this computer puts too late hide nothing that comes next', () => {
  const cache = cacheHere()
  cache.storeMessages([kept('theirs', 0, 1000)])
  cache.queueMessage(mine('own', 9000))
  cache.markRead(general, id('own'))
  cache.storeMessages([kept('next', 1, 1100)])
  expect(reading(cache)).toEqual({ unread: 1, lastReadId: 'own' })
})

test('what comes while an own message waits is unread, also after its echo has put it behind that', () => {
  const cache = cacheHere()
  cache.storeMessages([kept('a', 0, 1000)])
  cache.queueMessage(mine('own', 1100))
  cache.markRead(general, id('own'))
  cache.storeMessages([kept('b', 1, 1200, { mentionsMe: true })])
  cache.storeMessages([mine('own', 0, { offset: 2, sentAt: 1300 })])
  expect(reading(cache)).toEqual({ unread: 1, lastReadId: 'own' })
  expect(cache.markRead(general, id('own'))).toMatchObject({ unread: 0, mentions: 0 })
})

test('the mark of a discarded message goes to the one before it', () => {
  const cache = cacheHere()
  cache.storeMessages([kept('a', 0, 1000), kept('b', 1, 2000)])
  cache.queueMessage(mine('own', 3000))
  cache.markRead(general, id('own'))
  expect(cache.discardMessage(general, id('own')).rooms[0]).toMatchObject({ unread: 0, lastReadId: 'b' })
  cache.storeMessages([kept('c', 2, 4000)])
  expect(reading(cache)).toEqual({ unread: 1, lastReadId: 'b' })
})

test('discarding the only message leaves no mark', () => {
  const cache = cacheHere()
  cache.queueMessage(mine('own', 3000))
  cache.markRead(general, id('own'))
  expect(cache.discardMessage(general, id('own')).rooms[0]).toMatchObject({
    unread: 0,
    lastReadId: null,
    last: null,
  })
})

test('history from before the mark is not unread', () => {
  const cache = cacheHere()
  cache.storeMessages([kept('b', 5, 5000)])
  cache.markRead(general, id('b'))
  cache.storeMessages([kept('a', 4, 4000), kept('c', 6, 6000)])
  expect(reading(cache)).toEqual({ unread: 1, lastReadId: 'b' })
})
