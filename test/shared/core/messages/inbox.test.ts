import { expect, test, vi } from 'vitest'
import { Failure, type AppError } from '../../../../shared/contract/errors.ts'
import { Inbox, inboxLimit, inboxUnits } from '../../../../shared/core/messages/inbox.ts'
import type { ChangedMessage } from '../../../../shared/contract/model.ts'
import type { ArrivedMessage } from '../../../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { general, home, live, newRoom, random, server } from '../message-cache/fixtures.ts'
import { until } from '../until.ts'

const ignore = () => undefined

const open = async () => {
  const disk = emptyDisk()
  const cache = memoryCache(disk)
  await cache.saveServer(server(home))
  for (const room of ['general', 'random']) await cache.saveRoom(newRoom(room))
  const storeMessages = vi.spyOn(cache, 'storeMessages')
  const stored: ChangedMessage[] = []
  const failing = vi.fn<(error: AppError) => void>()
  const inbox = new Inbox({ cache, onStored: ({ changed }) => stored.push(...changed), onFailing: failing })
  const add = (
    message: ArrivedMessage | Promise<ArrivedMessage>,
    onKept: () => void = ignore,
    room = general,
  ): void => inbox.add({ room, units: 100, message, finish: same => same, onKept })
  return { disk, cache, inbox, add, stored, failing, storeMessages }
}

test('arrivals of one tick share one transaction, in order', async () => {
  const { inbox, add, stored, storeMessages } = await open()
  const names = Array.from({ length: 1200 }, (_, n) => `m${n}`)
  for (const [n, name] of names.entries()) add(live(name, n))
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(names)
  expect(storeMessages.mock.calls.map(([batch]) => batch.length)).toEqual([500, 500, 200])
})

test('arrivals while the cache is busy wait for the next transaction', async () => {
  const { inbox, add, stored, storeMessages } = await open()
  add(live('a', 1))
  await Promise.resolve()
  for (let n = 0; n < 10; n++) add(live(`b${n}`, n))
  await inbox.flush()
  expect(stored).toHaveLength(11)
  expect(storeMessages.mock.calls.map(([batch]) => batch.length)).toEqual([1, 10])
})

test('a failing cache is reported; arrivals are held, and stored when it works again', async () => {
  const { disk, inbox, add, stored, failing } = await open()
  disk.failure = { code: 'disk-full' }
  const kept: string[] = []
  for (const name of ['a', 'b']) add(live(name, 1), () => kept.push(name))
  await until(() => expect(failing).toHaveBeenCalledExactlyOnceWith({ code: 'disk-full' }))
  await expect(inbox.flush()).rejects.toThrow('disk-full')
  expect(stored).toEqual([])
  expect(kept).toEqual([])
  disk.failure = null
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(['a', 'b'])
  expect(kept).toEqual(['a', 'b'])
})

test('long messages make small transactions, and use no more memory than short ones', async () => {
  const { disk, inbox, add, stored, failing, storeMessages } = await open()
  const content = 'x'.repeat(1024 * 1024)
  const fitting = inboxUnits / content.length
  disk.failure = { code: 'disk-full' }
  for (let n = 0; n < fitting; n++) add(live(`m${n}`, n, { content }))
  await until(() => expect(failing).toHaveBeenCalledExactlyOnceWith({ code: 'disk-full' }))
  add(live('more', fitting))
  expect(failing.mock.lastCall?.[0].code).toBe('cache-failed')
  storeMessages.mockClear()
  disk.failure = null
  await inbox.flush()
  expect(stored.map(each => each.message.id)).toEqual(Array.from({ length: fitting }, (_, n) => `m${n}`))
  expect(new Set(storeMessages.mock.calls.map(([batch]) => batch.length))).toEqual(new Set([4]))
})

test('an overloaded cache is reported instead of filling the memory', async () => {
  const { disk, inbox, add, failing } = await open()
  disk.failure = { code: 'disk-full' }
  for (let n = 0; n <= inboxLimit; n++) add(live(`m${n}`, n, { room: general }))
  expect(failing.mock.calls[0]?.[0].code).toBe('cache-failed')
  await expect(inbox.flush()).rejects.toThrow('disk-full')
})

/** A message that is read when the test says so. */
const later = () => Promise.withResolvers<ArrivedMessage>()

test('a slow message delays its room, and no other', async () => {
  const { inbox, add, stored, storeMessages } = await open()
  const slow = later()
  add(live('a', 1))
  add(slow.promise)
  add(live('c', 3))
  add(live('elsewhere', 1, { room: random }), ignore, random)
  await until(() => expect(stored.map(each => each.message.id)).toEqual(['a', 'elsewhere']))
  add(live('d', 4))
  let isFlushed = false
  const flushed = inbox.flush().then(() => (isFlushed = true))
  add(live('more', 2, { room: random }), ignore, random)
  await until(() => expect(stored).toHaveLength(3))
  expect(isFlushed).toBe(false)
  slow.resolve(live('b', 2))
  await flushed
  expect(stored.map(each => each.message.id)).toEqual(['a', 'elsewhere', 'more', 'b', 'c', 'd'])
  expect(storeMessages).toHaveBeenCalledTimes(3)
})

test('messages decoded out of order are finished and stored in order', async () => {
  const { inbox, stored } = await open()
  const [one, two] = [later(), later()]
  const finishedAs: string[] = []
  for (const { promise: message } of [one, two])
    inbox.add({
      room: general,
      units: 1,
      message,
      finish: read => ({ ...read, content: `${finishedAs.push(read.id)}` }),
      onKept: ignore,
    })
  two.resolve(live('two', 2))
  await Promise.resolve()
  one.resolve(live('one', 1))
  await inbox.flush()
  expect(finishedAs).toEqual(['one', 'two'])
  expect(stored.map(({ message }) => [message.id, message.content])).toEqual([
    ['one', '1'],
    ['two', '2'],
  ])
})

test('a message is finished once, even if the cache fails in between', async () => {
  const { disk, inbox, stored } = await open()
  disk.failure = { code: 'disk-full' }
  const finish = vi.fn((message: ArrivedMessage) => message)
  inbox.add({ room: general, units: 1, message: live('a', 1), finish, onKept: ignore })
  await expect(inbox.flush()).rejects.toThrow('disk-full')
  disk.failure = null
  await inbox.flush()
  expect(finish).toHaveBeenCalledOnce()
  expect(stored).toHaveLength(1)
})

test('after an unreadable message the rest of its room is dropped, so that the next session resumes before it', async () => {
  const { inbox, add, stored, failing } = await open()
  const broken = later()
  add(live('a', 1))
  add(broken.promise)
  add(live('c', 3))
  add(live('elsewhere', 1, { room: random }), ignore, random)
  broken.reject(new Failure('internal'))
  await inbox.flush()
  expect(failing.mock.calls.map(([error]) => error.code)).toEqual(['internal'])
  expect(stored.map(each => each.message.id).sort()).toEqual(['a', 'elsewhere'])
})

test('messages being decoded count as well', async () => {
  const { inbox, failing } = await open()
  const slow = later()
  const add = (units: number): void =>
    inbox.add({ room: general, units, message: slow.promise, finish: same => same, onKept: ignore })
  add(inboxUnits)
  expect(failing).not.toHaveBeenCalled()
  add(1)
  expect(failing.mock.calls.map(([error]) => error.code)).toEqual(['cache-failed'])
  slow.resolve(live('a', 1))
  await inbox.flush()
  add(inboxUnits / 2)
  expect(failing).toHaveBeenCalledOnce()
})
