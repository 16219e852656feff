import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openMessages, type NewMessage } from '../../../../main/host/history/messages.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import type { HostLog } from '../../../../main/host/ports/options.ts'
import { roomDestination } from '../../../../main/host/wire/room-topics.ts'
import { storedRoom } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const start = () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  const clock = { now: 1_000 }
  const rooms = openRooms(database)
  for (const roomId of ['general', '로비']) rooms.insert(storedRoom(roomId))
  const errors: string[] = []
  const log: HostLog = { info: () => undefined, error: event => errors.push(event) }
  const disk = { hasSpace: true }
  const reopen = () => openMessages({ database, hasSpace: () => disk.hasSpace, now: () => clock.now, log })
  return { database, disk, clock, errors, rooms, messages: reopen(), reopen }
}

const message = (messageId: string, roomId = 'general', senderId = 'ada'): NewMessage => ({
  roomId,
  senderId,
  messageId,
  body: ({ offset, sentAt }) => `${messageId} at ${offset}, ${sentAt}`,
})
const general = roomDestination('general')
const text = (body: Uint8Array) => Buffer.from(body).toString()

test('messages get the offsets of their room in the order in which they come', async () => {
  const { messages } = start()
  const stored = await Promise.all([
    messages.append(message('a')),
    messages.append(message('b', '로비')),
    messages.append(message('c')),
  ])
  expect(stored.map(entry => entry && [entry.offset, text(entry.body)])).toEqual([
    [0, 'a at 0, 1000'],
    [0, 'b at 0, 1000'],
    [1, 'c at 1, 1000'],
  ])
  expect(messages.bounds(general)).toEqual({ first: 0, next: 2 })
  expect(messages.read(general, 1, 10)).toMatchObject([{ offset: 1, timestamp: 1_000 }])
})

test('a message that its sender repeats is stored once, in one transaction or in two', async () => {
  const { messages, reopen } = start()
  const both = await Promise.all([messages.append(message('a')), messages.append(message('a'))])
  expect(both.map(entry => entry?.offset)).toEqual([0, undefined])
  expect(await reopen().append(message('a'))).toBeNull()
  expect((await messages.append(message('a', '로비')))?.offset).toBe(0)
  expect((await messages.append(message('a', 'general', 'bob')))?.offset).toBe(1)
  expect(messages.bounds(general)).toEqual({ first: 0, next: 2 })
})

test('a clock that was ahead for one message spoils no other one, and a time is still found', async () => {
  const { clock, messages, reopen } = start()
  for (const [id, now] of [
    ['a', 1_000],
    ['b', 900_000],
    ['c', 2_000],
  ] as const) {
    clock.now = now
    await messages.append(message(id))
  }
  clock.now = 3_000
  const again = reopen()
  expect(again.activity('general')).toEqual({ count: 0, lastAt: 2_000 })
  await again.append(message('d'))
  expect(again.activity('general')).toEqual({ count: 1, lastAt: 3_000 })
  expect(again.read(general, 0, 10).map(({ body }) => text(body))).toEqual([
    'a at 0, 1000',
    'b at 1, 900000',
    'c at 2, 2000',
    'd at 3, 3000',
  ])
  // The first of that time or later.
  const found = [1_000, 1_001, 3_000, 900_000, 900_001].map(time => again.offsetAt(general, time))
  expect(found).toEqual([0, 1, 1, 1, 4])
})

test('an offset is not given again, even where the newest messages are gone', async () => {
  const { database, messages, reopen } = start()
  await Promise.all([messages.append(message('a')), messages.append(message('b'))])
  database.exec('DELETE FROM message')
  const again = reopen()
  expect(again.bounds(general)).toEqual({ first: 2, next: 2 })
  expect((await again.append(message('c')))?.offset).toBe(2)
})

test('the messages of a room are found by no offset of another one', async () => {
  const { messages } = start()
  await Promise.all([messages.append(message('a')), messages.append(message('b', '로비'))])
  // The first room's key of this offset is that of the second one's first message.
  for (const offset of [2 ** 32, -(2 ** 32), -1, 0.5, Number.NaN, Infinity]) {
    expect(() => messages.find('general', { offset }), `${offset}`).toThrow(RangeError)
    const erases = { offset, body: 'gone' }
    await expect(messages.append({ ...message(`c${offset}`), erases }), `${offset}`).rejects.toThrow(
      RangeError,
    )
  }
  for (const offset of [-1, 0.5, Number.NaN, -(2 ** 32)])
    expect(() => messages.read(roomDestination('로비'), offset, 1), `${offset}`).toThrow(RangeError)
  expect(messages.read(general, 2 ** 32, 10)).toEqual([])
  expect(messages.find('로비', { offset: 0 })).toMatchObject({ messageId: 'b', erased: false })
  expect(messages.find('general', { offset: 2 ** 32 - 1 })).toBeUndefined()
})

test('what could not be written is not stored, not numbered, and can be sent again', async () => {
  const { database, errors, messages } = start()
  await messages.append(message('a'))
  const pages = Number(database.pragma('page_count', { simple: true }))
  database.pragma(`max_page_count = ${pages}`)
  const large: NewMessage = { ...message('large'), body: () => 'x'.repeat(200_000) }
  const [small, failed] = await Promise.allSettled([messages.append(message('b')), messages.append(large)])
  expect([small.status, failed.status]).toEqual(['rejected', 'rejected'])
  expect(failed).toMatchObject({ reason: { code: 'SQLITE_FULL' } })
  expect(errors).toEqual(['messages not stored'])
  database.pragma('max_page_count = 100000')
  expect((await messages.append(message('b')))?.offset).toBe(1)
  expect(messages.read(general, 0, 10)).toHaveLength(2)
})

test('a disk with little left takes no messages, but deletions', async () => {
  const { disk, errors, messages } = start()
  await messages.append(message('a'))
  disk.hasSpace = false
  const erases = { offset: 0, body: 'gone' }
  const [refused, deleted] = await Promise.allSettled([
    messages.append(message('b')),
    messages.append({ ...message('deletion'), erases }),
  ])
  expect(refused).toMatchObject({ reason: { error: { code: 'disk-full' } } })
  expect(deleted).toMatchObject({ value: { offset: 1 } })
  expect(errors).toEqual(['messages not stored'])
  disk.hasSpace = true
  expect((await messages.append(message('b')))?.offset).toBe(2)
})

test('what was answered is on disk: another connection reads it', async () => {
  const { database, messages } = start()
  const reader = new Database(database.name, { readonly: true })
  const count = reader.prepare('SELECT count(*) FROM message').pluck()
  await messages.append(message('a'))
  expect(count.get()).toBe(1)
  reader.close()
})

test('a flood is written in several transactions, in order', async () => {
  const { messages } = start()
  const stored = await Promise.all(
    Array.from({ length: 2_000 }, (_, index) => messages.append(message(`m${index}`))),
  )
  expect(stored.map(entry => entry?.offset)).toEqual(Array.from({ length: 2_000 }, (_, index) => index))
  expect(messages.read(general, 1_990, 100).map(entry => text(entry.body))).toEqual(
    Array.from({ length: 10 }, (_, index) => `m${1_990 + index} at ${1_990 + index}, 1000`),
  )
})

test('flush writes what waits', async () => {
  const { messages } = start()
  const stored = Promise.all(
    Array.from({ length: 1_500 }, (_, index) => messages.append(message(`m${index}`))),
  )
  messages.flush()
  expect(messages.bounds(general).next).toBe(1_500)
  expect(await stored).toHaveLength(1_500)
})

test('only rooms keep history', () => {
  const { messages, rooms } = start()
  expect(messages.has(general)).toBe(true)
  expect(messages.has(roomDestination('로비'))).toBe(true)
  for (const other of [
    '/topic/general',
    '/topic/room.',
    '/topic/room.new',
    '/queue/general',
    '/topic/room.*',
  ]) {
    expect(messages.has(other), other).toBe(false)
    expect(messages.read(other, 0, 1)).toEqual([])
    expect(messages.bounds(other)).toEqual({ first: 0, next: 0 })
    expect(messages.offsetAt(other, 0)).toBe(0)
  }
  rooms.insert(storedRoom('new'))
  expect(messages.has(roomDestination('new'))).toBe(true)
})

test('offsetAt finds the first message at or after a time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 30 }), fc.nat(700), (steps, asked) => {
      const { clock, messages } = start()
      const times: number[] = []
      for (const [index, step] of steps.entries()) {
        clock.now += step
        times.push(clock.now)
        void messages.append(message(`m${index}`))
        messages.flush()
      }
      const expected = times.findIndex(time => time >= 1_000 + asked)
      expect(messages.offsetAt(general, 1_000 + asked)).toBe(expected === -1 ? times.length : expected)
    }),
    { numRuns: 15 },
  )
})

test('tells how lively a room is: messages of the last minute, and when the last one was sent', async () => {
  const { messages, clock } = start()
  expect(messages.activity('general')).toEqual({ count: 0, lastAt: null })
  expect(messages.activity('nowhere')).toEqual({ count: 0, lastAt: null })
  for (const [id, now] of [
    ['a', 1_000],
    ['b', 30_000],
    ['b', 31_000],
    ['c', 30_500],
  ] as const) {
    clock.now = now
    await messages.append(message(id))
  }
  const counts = [31_000, 60_999, 61_000, 89_999, 90_000].map(now => {
    clock.now = now
    return messages.activity('general').count
  })
  expect(counts).toEqual([3, 3, 2, 2, 0])
  expect(messages.activity('general')).toEqual({ count: 0, lastAt: 30_500 })
})
