import { expect, test } from 'vitest'
import { Failure, toAppError } from '../../../../shared/contract/errors.ts'
import { RefusedError } from '../../../../main/broker/options/hooks.ts'
import type { Entry, NewMessage } from '../../../../main/host/ports/room-log.ts'
import { createGroupCommit } from '../../../../main/host/rooms/group-commit.ts'
import type { Room } from '../../../../main/host/rooms/rooms.ts'
import { openTails } from '../../../../main/host/rooms/tails.ts'
import { storedRoom } from '../fixture.ts'
import { MemoryRoomLog } from '../ports/memory-room-log.ts'
import { deletion, goneRules } from '../ports/room-logs.ts'

const roomOf = (roomId: string): Room => ({
  ...storedRoom(roomId),
  archived: false,
  standings: new Map(),
})

const message = (messageId: string, roomId = 'general'): NewMessage => ({
  roomId,
  senderId: 'ada',
  messageId,
  sentAt: 1_000,
  body: Buffer.from(messageId),
})

/** A memory log that notes its groups, and keeps each back until it is let go. */
const start = async () => {
  const log = new MemoryRoomLog(() => 1_000, goneRules)
  const rooms = new Map(['general', '로비'].map(roomId => [roomId, roomOf(roomId)]))
  for (const roomId of rooms.keys()) log.add(roomId)
  const groups: string[][] = []
  const disk = { holds: false, waits: [] as (() => void)[], failure: null as Failure | null }
  const told: string[] = []
  /** What was called back after the broadcast. */
  const after: string[] = []
  const tails = await openTails(log, () => 1_000)
  const messages = createGroupCommit({
    log: {
      append: async group => {
        groups.push(group.map(({ messageId }) => messageId))
        if (disk.holds) await new Promise<void>(resolve => disk.waits.push(resolve))
        if (disk.failure) throw disk.failure
        return log.append(group)
      },
    },
    rooms: { find: roomId => rooms.get(roomId) },
    tails,
    publish: ({ roomId }, { offset, body }) =>
      void told.push(`${roomId} ${offset} ${Buffer.from(body).toString()}`),
    told: ({ messageId }) => {
      after.push(messageId)
      if (messageId === 'broken') throw new Error('broken')
    },
    elapsed: () => performance.now(),
    failure: thrown => (thrown instanceof Failure ? thrown : new Failure('cache-failed')),
  })
  const append = (entry: Entry) => {
    const room = rooms.get(entry.roomId)
    if (!room) throw new Error('no room')
    return messages.append(room, entry)
  }
  const letGo = async (): Promise<void> => {
    await expect.poll(() => disk.waits.length, { interval: 1 }).toBe(1)
    disk.waits.pop()?.()
  }
  return { log, rooms, groups, disk, told, after, tails, messages, append, letGo }
}

/** @returns the header `code` of a refusal, and the id of what was refused. */
const refusalOf = async (promise: Promise<void>): Promise<unknown> => {
  try {
    await promise
    return null
  } catch (thrown) {
    if (!(thrown instanceof RefusedError)) return toAppError(thrown)
    const { code, id } = thrown.refusal.headers ?? {}
    return id === undefined ? code : `${code} ${id}`
  }
}

test('the messages of one tick form one group; they are broadcast in order, then confirmed', async () => {
  const { append, groups, told, after, tails } = await start()
  const confirmed: string[] = []
  const say = (entry: NewMessage) => append(entry).then(() => void confirmed.push(entry.messageId))
  const all = [say(message('a')), say(message('b', '로비')), say(message('c'))]
  expect([groups, told]).toEqual([[], []])
  await all[0]
  expect(told).toEqual(['general 0 a', '로비 0 b', 'general 1 c'])
  expect(after).toEqual(['a', 'b', 'c'])
  await Promise.all(all)
  expect(confirmed).toEqual(['a', 'b', 'c'])
  expect(groups).toEqual([['a', 'b', 'c']])
  expect([tails.next('general'), tails.next('로비'), tails.stored()]).toEqual([2, 1, 3])
})

test('messages that arrive while the disk is busy form the next group; nothing is broadcast before', async () => {
  const { append, groups, told, disk, letGo, messages } = await start()
  disk.holds = true
  const first = append(message('a'))
  await expect.poll(() => groups.length, { interval: 1 }).toBe(1)
  const others = [append(message('b'))]
  await new Promise(resolve => setImmediate(resolve))
  others.push(append(message('c')))
  expect([told, messages.isPending('general'), messages.isPending('로비')]).toEqual([[], true, false])
  await letGo()
  await first
  expect(told).toEqual(['general 0 a'])
  await letGo()
  await Promise.all(others)
  expect(groups).toEqual([['a'], ['b', 'c']])
  expect(told).toEqual(['general 0 a', 'general 1 b', 'general 2 c'])
  expect(messages.isPending('general')).toBe(false)
})

test('a flood becomes several groups', async () => {
  const { append, groups, told } = await start()
  await Promise.all(Array.from({ length: 1_200 }, (_, index) => append(message(`m${index}`))))
  expect(groups.map(group => group.length)).toEqual([512, 512, 176])
  expect(told.map(line => line.split(' ')[1])).toEqual(
    Array.from({ length: 1_200 }, (_, index) => `${index}`),
  )
})

test('a group gathers while every turn brings more, and not for longer than it may', async () => {
  const { append, groups, told } = await start()
  const turn = () => new Promise(resolve => setImmediate(resolve))
  const all = [append(message('a'))]
  await turn()
  all.push(append(message('b')))
  await Promise.all(all)
  expect(groups).toEqual([['a', 'b']])
  let said = 0
  // Nothing would ever be told if it gathered for as long as messages come.
  while (told.length === 2) {
    all.push(append(message(`m${(said += 1)}`)))
    await turn()
  }
  await Promise.all(all)
  expect(groups[1]?.length).toBeGreaterThan(1)
})

test('a repeated message is broadcast once and confirmed twice', async () => {
  const { append, told } = await start()
  await Promise.all([append(message('a')), append(message('a'))])
  await append(message('a'))
  expect(told).toEqual(['general 0 a'])
})

test('a failing log refuses every message of the group and broadcasts none; the next group is stored', async () => {
  const { append, told, disk } = await start()
  disk.failure = new Failure('disk-full')
  const all = ['a', 'b'].map(id => append(message(id)))
  expect(await Promise.all(all.map(refusalOf))).toEqual(['disk-full a', 'disk-full b'])
  disk.failure = null
  await append(message('a'))
  expect(told).toEqual(['general 0 a'])
})

test('messages are refused one by one: for a missing room, or a forbidden deletion', async () => {
  const { append, told, log } = await start()
  log.remove('로비')
  const forbidden = deletion('d', { messageId: 'a' }, { senderId: 'bob' })
  const all = [append(message('a')), append(message('b', '로비')), append(forbidden), append(message('c'))]
  expect(await Promise.all(all.map(refusalOf))).toEqual([null, 'not-found', 'not-allowed', null])
  expect(told).toEqual(['general 0 a', 'general 1 c'])
})

test('a deletion is broadcast in order, and finds a message of the same tick', async () => {
  const { append, told, log } = await start()
  const all = [message('a'), message('b'), deletion('d', { messageId: 'b' }), message('c')]
  await Promise.all(all.map(entry => append(entry)))
  const [, , announced = '', ...others] = told
  expect(announced).toMatch(/^general 2 .*"target":"b"/)
  expect(others).toEqual(['general 3 c'])
  expect((await log.read('general', 1, 1)).map(({ body }) => Buffer.from(body).toString())).toEqual(['gone'])
})

test('settled resolves after everything before it, and waits for nothing after it', async () => {
  const { append, messages, disk, told, letGo, groups } = await start()
  await messages.settled()
  disk.holds = true
  const first = append(message('a'))
  const settled = messages.settled().then(() => [...told])
  await expect.poll(() => groups.length, { interval: 1 }).toBe(1)
  const second = append(message('b'))
  await letGo()
  expect(await settled).toEqual(['general 0 a'])
  disk.failure = new Failure('disk-full')
  const refused = refusalOf(second)
  await letGo()
  await messages.settled()
  expect(await refused).toBe('disk-full b')
  await first
})

test('a message of a removed room is broadcast to nobody, not even to a room with the same id', async () => {
  const { append, rooms, disk, letGo, told, tails } = await start()
  disk.holds = true
  const group = append(message('a'))
  rooms.set('general', roomOf('general'))
  await letGo()
  await group
  expect([told, tails.next('general')]).toEqual([[], 0])
})

test('an error while one message is broadcast delays no other', async () => {
  const { append, told } = await start()
  const [first, second] = await Promise.allSettled([append(message('broken')), append(message('b'))])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
  expect(told).toEqual(['general 0 broken', 'general 1 b'])
})
