import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCache, type CacheCalls } from '../../../main/cache/cache.ts'
import type { RoomKey } from '../../../shared/contract/model.ts'
import type { MessageCache } from '../../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from '../../shared/core/memory-cache.ts'
import {
  general,
  home,
  id,
  kept,
  live,
  mine,
  random,
  server,
} from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, newFile, openHere } from './fixtures.ts'

/** A call that both caches can carry out. */
type Call = (cache: CacheCalls | MessageCache) => unknown

const rooms = fc.constantFrom(general, random)
const times = fc.integer({ min: 0, max: 40 })
const names = fc.integer({ min: 0, max: 30 }).map(n => `m${n}`)

// Time and offset of one name are always the same, as on a server; another's messages never become one's own.
const offsetOf = (name: string): number => Number(name.slice(1))
const arrivals = fc
  .record({
    name: names,
    room: rooms,
    t: times,
    mentionsMe: fc.boolean(),
    chat: fc.boolean(),
    numbered: fc.boolean(),
  })
  .map(({ name, room, t, mentionsMe, chat, numbered }) => {
    const change = { room, mentionsMe, type: chat ? 'CHAT' : 'JOIN' }
    return numbered
      ? kept(name, offsetOf(name), offsetOf(name) % 7, { ...change, receivedAt: t })
      : live(name, t, change)
  })
const deletions = fc.tuple(names, rooms).map(([name, room]) =>
  kept(`gone-${name}`, 100 + offsetOf(name), 50, {
    room,
    type: 'DELETE',
    content: '',
    relation: { kind: 'delete', target: id(name), targetOffset: offsetOf(name) },
  }),
)
const own = fc.integer({ min: 0, max: 5 }).map(n => `own${n}`)

const calls: fc.Arbitrary<Call> = fc.oneof(
  fc.array(fc.oneof({ arbitrary: arrivals, weight: 4 }, deletions), { minLength: 1, maxLength: 6 }).map(
    (given): Call =>
      cache =>
        cache.storeMessages(given),
  ),
  fc.tuple(own, rooms, times).map(
    ([name, room, t]): Call =>
      cache =>
        cache.queueMessage(mine(name, t, { room })),
  ),
  fc
    .tuple(
      own,
      rooms,
      fc.constantFrom('queued' as const, 'sent' as const, 'confirmed' as const, 'failed' as const),
    )
    .map(
      ([name, room, delivery]): Call =>
        cache =>
          cache.setDelivery(room, id(name), delivery),
    ),
  fc.tuple(own, rooms).map(
    ([name, room]): Call =>
      cache =>
        cache.discardMessage(room, id(name)),
  ),
  fc.tuple(names, rooms).map(
    ([name, room]): Call =>
      cache =>
        cache.markRead(room, id(name)),
  ),
)

const outcome = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (thrown) {
    return String(thrown)
  }
}

/** Everything that a cache shows; the order of arrival as an order, for SQLite may use the number of a discarded message again. */
const seen = async (cache: CacheCalls | MessageCache) => {
  const unnumbered = <Item extends { seq: number }>({ seq: _seq, ...rest }: Item) => rest
  const page = async (room: RoomKey) => {
    const { messages, ...more } = await cache.listMessages({ room, limit: 200 })
    return { ...more, messages: messages.map(unnumbered), resume: await cache.resumePoint(room) }
  }
  const waiting = (await cache.listOutbox(home)).map(entry => ({
    ...entry,
    message: unnumbered(entry.message),
  }))
  return { state: await cache.load(), waiting, pages: [await page(general), await page(random)] }
}

test('comes to the same as the plain cache in memory, whatever is called in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(calls, { maxLength: 25 }), async given => {
      const memory = memoryCache(emptyDisk())
      const sqlite = createCache(openHere(newFile()))
      for (const cache of [memory, sqlite]) {
        await cache.saveServer(server(home))
        await cache.saveRoom(aRoom('general'))
        await cache.saveRoom({ ...aRoom('random'), readOffset: 20 })
      }
      for (const call of given) {
        await outcome(() => call(memory))
        await outcome(() => call(sqlite))
      }
      expect(await seen(sqlite)).toEqual(await seen(memory))
    }),
    { numRuns: 100 },
  )
}, 30_000)
