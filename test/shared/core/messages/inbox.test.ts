import { expect, test, vi } from 'vitest'
import type { AppError } from '../../../../shared/contract/errors.ts'
import { createInbox, inboxLimit, inboxUnits } from '../../../../shared/core/messages/inbox.ts'
import type { ChangedMessage } from '../../../../shared/contract/model.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { general, home, live, newRoom, server } from '../message-cache/fixtures.ts'
import { until } from '../until.ts'

const ignore = () => undefined

const open = async () => {
  const disk = emptyDisk()
  const cache = memoryCache(disk)
  await cache.saveServer(server(home))
  await cache.saveRoom(newRoom('general'))
  const storeMessages = vi.spyOn(cache, 'storeMessages')
  const stored: ChangedMessage[] = []
  const failing = vi.fn<(error: AppError) => void>()
  const inbox = createInbox({ cache, onStored: ({ changed }) => stored.push(...changed), onFailing: failing })
  return { disk, cache, inbox, stored, failing, storeMessages }
}

test('what arrives in one tick is one transaction, in order', async () => {
  const { inbox, stored, storeMessages } = await open()
  const names = Array.from({ length: 1200 }, (_, n) => `m${n}`)
  for (const [n, name] of names.entries()) inbox.add(live(name, n), ignore)
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(names)
  expect(storeMessages.mock.calls.map(([batch]) => batch.length)).toEqual([500, 500, 200])
})

test('what arrives while the cache is busy waits for the next transaction', async () => {
  const { inbox, stored, storeMessages } = await open()
  inbox.add(live('a', 1), ignore)
  await Promise.resolve()
  for (let n = 0; n < 10; n++) inbox.add(live(`b${n}`, n), ignore)
  await inbox.flush()
  expect(stored).toHaveLength(11)
  expect(storeMessages.mock.calls.map(([batch]) => batch.length)).toEqual([1, 10])
})

test('a failing cache is told, what has arrived is held, and stored when it works again', async () => {
  const { disk, inbox, stored, failing } = await open()
  disk.failure = { code: 'disk-full' }
  const kept: string[] = []
  for (const name of ['a', 'b']) inbox.add(live(name, 1), () => kept.push(name))
  await until(() => expect(failing).toHaveBeenCalledExactlyOnceWith({ code: 'disk-full' }))
  await expect(inbox.flush()).rejects.toThrow('disk-full')
  expect(stored).toEqual([])
  expect(kept).toEqual([])
  disk.failure = null
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(['a', 'b'])
  expect(kept).toEqual(['a', 'b'])
})

test('long messages make small transactions, and fill the memory no more than short ones', async () => {
  const { disk, inbox, stored, failing, storeMessages } = await open()
  const content = 'x'.repeat(1024 * 1024)
  const fitting = inboxUnits / content.length
  disk.failure = { code: 'disk-full' }
  for (let n = 0; n < fitting; n++) inbox.add(live(`m${n}`, n, { content }), ignore)
  await until(() => expect(failing).toHaveBeenCalledExactlyOnceWith({ code: 'disk-full' }))
  inbox.add(live('more', fitting), ignore)
  expect(failing.mock.lastCall?.[0].code).toBe('cache-failed')
  storeMessages.mockClear()
  disk.failure = null
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(Array.from({ length: fitting }, (_, n) => `m${n}`))
  expect(new Set(storeMessages.mock.calls.map(([batch]) => batch.length))).toEqual(new Set([4]))
})

test('a cache that can’t keep up is told instead of filling the memory', async () => {
  const { disk, inbox, failing } = await open()
  disk.failure = { code: 'disk-full' }
  for (let n = 0; n <= inboxLimit; n++) inbox.add(live(`m${n}`, n, { room: general }), ignore)
  expect(failing.mock.calls[0]?.[0].code).toBe('cache-failed')
  await expect(inbox.flush()).rejects.toThrow('disk-full')
})
