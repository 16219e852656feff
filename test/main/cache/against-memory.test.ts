import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import type { RoomKey } from '../../../shared/contract/model.ts'
import { cacheCalls, outcome, type AnyCache } from '../../shared/cache/cache-calls.ts'
import { emptyDisk, memoryCache } from '../../shared/core/memory-cache.ts'
import { general, home, random, server } from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, newFile, openHere } from './fixtures.ts'

/** Everything that a cache shows; the order of arrival as an order, for SQLite may use the number of a discarded message again. */
const seen = async (cache: AnyCache) => {
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
    fc.asyncProperty(fc.array(cacheCalls, { maxLength: 25 }), async given => {
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
