/** What holds for every room, whatever is called in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAfter, previewOf } from '../../../shared/cache/summary.ts'
import { chatType, deletedType } from '../../../shared/contract/model.ts'
import { home, newRoom, server } from '../core/message-cache/fixtures.ts'
import { emptyDisk, memoryCache } from '../core/memory-cache.ts'
import { messagesOf } from '../core/memory-rows.ts'
import { cacheCalls, outcome } from './cache-calls.ts'

test('the summary of a room is what its messages come to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cacheCalls, { maxLength: 25 }), async given => {
      const disk = emptyDisk()
      const cache = memoryCache(disk)
      await cache.saveServer(server(home))
      await cache.saveRoom(newRoom('general'))
      await cache.saveRoom(newRoom('random', { readOffset: 20 }))
      for (const call of given) await outcome(() => call(cache))

      const { rooms } = await cache.load()
      for (const [key, kept] of disk.rooms) {
        const room = rooms.find(each => each.key === key)
        const messages = messagesOf(kept)
        const chat = messages.filter(({ type }) => type === chatType)
        const unread = chat.filter(message => !message.own && isAfter(message, kept.summary.readMark))
        const last = chat.at(-1)
        expect(room).toMatchObject({
          unread: unread.length,
          mentions: unread.filter(({ mentionsMe }) => mentionsMe).length,
          last: last ? previewOf(last) : null,
        })
        expect(kept.summary.newest).toBe(messages.at(-1)?.sortAt ?? 0)
        for (const { kind, target, targetOffset } of kept.relations)
          for (const { id, offset, type } of messages)
            if (kind === 'delete' && id === target && offset === targetOffset) expect(type).toBe(deletedType)
        expect([null, ...messages.map(({ id }) => id)]).toContain(room?.lastReadId)
      }
    }),
  )
})
