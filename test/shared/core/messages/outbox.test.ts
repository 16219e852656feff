import { beforeEach, expect, test } from 'vitest'
import { Failure, type AppError } from '../../../../shared/contract/errors.ts'
import { roomIdSchema, type Message, type RoomId } from '../../../../shared/contract/model.ts'
import type { Sending } from '../../../../shared/core/dialect/dialect.ts'
import { confirmDeadline, Outbox, sendWindow } from '../../../../shared/core/messages/outbox.ts'
import type { MessageCache, OutboxEntry } from '../../../../shared/core/ports.ts'
import type { ReceiptOutcome } from '../../../../shared/core/session/receipts.ts'
import { fakeClock, type FakeClock } from '../fake-clock.ts'
import { emptyDisk, memoryCache, type MemoryDisk } from '../memory-cache.ts'
import { general, home, id, mine, newRoom, server } from '../message-cache/fixtures.ts'
import { until } from '../until.ts'

let disk: MemoryDisk
let cache: MessageCache
let outbox: Outbox
let changed: Message[]
let errors: AppError[]
let said = 0
let clock: FakeClock

/** What a session was given to send; a test answers it. */
interface Sent {
  id: string
  answer(outcome: ReceiptOutcome | AppError['code']): void
}
let wire: Sent[]

const way = (receipts = true) => ({
  receipts,
  dialect: {
    keepsIds: true,
    encode: (_roomId: RoomId, { id }: Message) => ({ destination: '/queue/test', body: id }),
  },
  isOpened: () => true,
  expectEcho: () => undefined,
  session: {
    send: ({ body: id }: Sending) =>
      new Promise<ReceiptOutcome>((resolve, reject) => {
        wire.push({
          id: String(id),
          answer: outcome =>
            outcome === 'received' || outcome === 'unknown' ? resolve(outcome) : reject(new Failure(outcome)),
        })
      }),
  },
})
const newOutbox = (): Outbox =>
  new Outbox({
    cache,
    clock,
    serverId: home,
    onStored: stored => changed.push(...stored.changed.map(({ message }) => message)),
    onError: error => errors.push(error),
  })
const queue = async (name: string): Promise<OutboxEntry> => {
  const { changed } = await cache.queueMessage(mine(name, ++said))
  const [{ message } = { message: undefined }] = changed
  if (!message) throw new Error('it was queued before')
  return { message, serverId: home, roomId: roomIdSchema.parse('general'), attempts: 0 }
}
const deliveries = async () =>
  (await cache.listMessages({ room: general, limit: 200 })).messages.map(message => message.delivery)
const sentIds = () => wire.map(sent => sent.id)

beforeEach(async () => {
  disk = emptyDisk()
  cache = memoryCache(disk)
  clock = fakeClock()
  await cache.saveServer(server(home))
  await cache.saveRoom(newRoom('general'))
  ;[changed, errors, wire] = [[], [], []]
  outbox = newOutbox()
})

test('a message goes from queued over sent to confirmed, with an event for each', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  await until(() => expect(changed.map(message => message.delivery)).toEqual(['sent']))
  wire[0]?.answer('received')
  await until(() => expect(changed.map(message => message.delivery)).toEqual(['sent', 'confirmed']))
  expect(await cache.listOutbox(home)).toEqual([])
})

test('without a session nothing is sent; with one the waiting messages are sent in order', async () => {
  for (const name of ['a', 'b', 'c']) outbox.add(await queue(name))
  expect(wire).toEqual([])
  await outbox.open(way())
  expect(sentIds()).toEqual(['a', 'b', 'c'])
})

test('many messages are in flight at once, but no more than the window', async () => {
  const names = Array.from({ length: 40 }, (_, n) => `m${n}`)
  for (const name of names) await queue(name)
  await outbox.open(way())
  expect(sentIds()).toEqual(names.slice(0, sendWindow))
  for (let n = 0; n < names.length; n++) {
    await until(() => expect(wire.length).toBeGreaterThan(n))
    wire[n]?.answer('received')
  }
  await until(async () => expect(new Set(await deliveries())).toEqual(new Set(['confirmed'])))
  expect(sentIds()).toEqual(names)
})

test('unconfirmed messages are sent again by the next session, before later ones', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  await until(async () => expect(await deliveries()).toEqual(['sent']))
  outbox.shut()
  wire[0]?.answer('connection-lost')
  outbox.add(await queue('b'))
  await outbox.open(way())
  expect(sentIds()).toEqual(['a', 'a', 'b'])
  await until(async () => expect((await cache.listOutbox(home)).map(entry => entry.attempts)).toEqual([2, 1]))
})

test('a restart sends the waiting messages', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  await until(async () => expect(await deliveries()).toEqual(['sent']))
  cache = memoryCache(disk)
  outbox = newOutbox()
  await outbox.open(way())
  expect(sentIds()).toEqual(['a', 'a'])
  wire[1]?.answer('received')
  await until(async () => expect(await deliveries()).toEqual(['confirmed']))
})

test('on a server without receipts nothing is sent twice, and nothing waits for a receipt', async () => {
  await outbox.open(way(false))
  for (let n = 0; n < 30; n++) outbox.add(await queue(`m${n}`))
  expect(wire).toHaveLength(30)
  for (const sent of wire) sent.answer('unknown')
  await until(async () => expect(new Set(await deliveries())).toEqual(new Set(['sent'])))
  await outbox.open(way(false))
  expect(wire).toHaveLength(30)
})

test('a refusal fails the message with its reason, and the others continue', async () => {
  await outbox.open(way())
  for (const name of ['a', 'b']) outbox.add(await queue(name))
  wire[0]?.answer('message-too-long')
  wire[1]?.answer('received')
  await until(async () => expect(await deliveries()).toEqual(['failed', 'confirmed']))
  expect(changed.find(message => message.delivery === 'failed')?.failure).toMatchObject({
    code: 'message-too-long',
  })
  await outbox.open(way())
  expect(wire).toHaveLength(2)
})

test('an answer from an ended session changes nothing', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  await until(async () => expect(await deliveries()).toEqual(['sent']))
  await outbox.open(way())
  wire[0]?.answer('message-too-long')
  wire[1]?.answer('received')
  await until(async () => expect(await deliveries()).toEqual(['confirmed']))
})

test('a receipt counts even if the session ends before it is stored', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  await until(async () => expect(await deliveries()).toEqual(['sent']))
  wire[0]?.answer('received')
  outbox.shut()
  await until(async () => expect(await deliveries()).toEqual(['confirmed']))
  await outbox.open(way())
  expect(sentIds()).toEqual(['a'])
})

test('a message in flight is not sent again if it is added twice', async () => {
  await outbox.open(way())
  const entry = await queue('a')
  outbox.add(entry)
  outbox.add(entry)
  outbox.add(await queue('b'))
  expect(sentIds()).toEqual(['a', 'b'])
})

test('a message seen in its room, or discarded, is no longer awaited', async () => {
  await outbox.open(way())
  for (let n = 0; n < sendWindow + 1; n++) outbox.add(await queue(`m${n}`))
  expect(wire).toHaveLength(sendWindow)
  outbox.settle(general, id('m0'))
  expect(sentIds().at(-1)).toBe(`m${sendWindow}`)
  outbox.add(await queue('late'))
  outbox.settle(general, id('late'))
  for (const sent of wire) sent.answer('received')
  await until(async () =>
    expect((await cache.listOutbox(home)).map(each => each.message.id)).toEqual(['m0', 'late']),
  )
  expect(sentIds()).not.toContain('late')
})

test('a failing cache is reported, and the message stays', async () => {
  await outbox.open(way())
  const entry = await queue('a')
  disk.failure = { code: 'disk-full' }
  outbox.add(entry)
  wire[0]?.answer('received')
  await until(() => expect(errors.map(error => error.code)).toEqual(['disk-full', 'disk-full']))
  disk.failure = null
  expect(await cache.listOutbox(home)).toHaveLength(1)
})

test('a message queued while the outbox is loaded is sent once, after the older ones', async () => {
  await queue('a')
  const opened = outbox.open(way())
  outbox.add(await queue('b'))
  await opened
  await until(() => expect(sentIds()).toEqual(['a', 'b']))
})

const failures = async () =>
  (await cache.listMessages({ room: general, limit: 200 })).messages.map(
    ({ failure }) => failure?.code ?? null,
  )

test('a message that nothing confirms in time says so, and a RECEIPT that comes later confirms it', async () => {
  await outbox.open(way())
  outbox.add(await queue('a'))
  outbox.add(await queue('b'))
  outbox.settle(general, id('b'))
  clock.advance(confirmDeadline - 1)
  expect(await failures()).toEqual([null, null])
  clock.advance(1)
  await until(async () => expect(await failures()).toEqual(['not-confirmed', null]))
  expect((await cache.listOutbox(home)).map(({ attempts }) => attempts)).toEqual([1, 1])
  wire[0]?.answer('received')
  await until(async () => expect(await deliveries()).toEqual(['confirmed', 'sent']))
  expect(await failures()).toEqual([null, null])
  expect(clock.waiting()).toBe(0)
})

test('what an earlier session sent to a server without receipts is not confirmed any more', async () => {
  await outbox.open(way(false))
  outbox.add(await queue('a'))
  await until(async () => expect(await deliveries()).toEqual(['sent']))
  outbox.shut()
  await outbox.open(way(false))
  expect(await failures()).toEqual(['not-confirmed'])
  expect(sentIds()).toEqual(['a'])
})

test('a message that the person sends again does not wait for its first copy', async () => {
  await outbox.open(way(false))
  const entry = await queue('a')
  outbox.add(entry)
  outbox.settle(general, id('a'))
  outbox.add({ ...entry })
  expect(sentIds()).toEqual(['a', 'a'])
  wire[0]?.answer('unknown')
  wire[1]?.answer('received')
  await until(async () => expect(await deliveries()).toEqual(['confirmed']))
})
