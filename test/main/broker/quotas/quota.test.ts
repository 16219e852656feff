/** How many queues, streams and durable subscriptions one person may open, and how much may wait in them. */
import { expect, test } from 'vitest'
import { Queue } from '../../../../main/broker/destinations/queue.ts'
import { Publication } from '../../../../main/broker/frames/publication.ts'
import { SharedBytes, type Payer } from '../../../../main/broker/quotas/quota.ts'
import { startBroker, turn, type Fixture } from '../fixture.ts'
import type { MemoryPeer } from '../memory-peer.ts'

const connectAs = async ({ open }: Fixture, login: string, address?: string): Promise<MemoryPeer> => {
  const peer = open('1.2', address)
  peer.send('CONNECT', { 'accept-version': '1.2', host: 'x', login })
  await peer.waitFor('CONNECTED')
  return peer
}

const stream = { id: 's', 'x-queue-type': 'stream' }
const durable = { id: 'd', durable: 'true', 'auto-delete': 'false' }

test.each([
  ['this computer', '127.0.0.1', 'ada', '127.0.0.1', 'bob'],
  ['the network', '192.168.0.2', 'ada', '192.168.0.3', 'ada'],
])(
  'one person of %s can’t use up the queues and streams of all',
  async (_what, address, login, elsewhere, other) => {
    const fixture = startBroker({}, { limits: { queuesPerPerson: 2, streamsPerPerson: 1 } })
    const first = await connectAs(fixture, login, address)
    for (const name of ['a', 'b']) first.send('SEND', { destination: `/queue/${name}`, receipt: name }, 'x')
    await first.receipt('b')
    first.send('SEND', { destination: '/queue/c' }, 'x')
    expect((await first.waitFor('ERROR')).headers.message).toBe('Too many queues')
    // To come again makes no room.
    const again = await connectAs(fixture, login, address)
    again.send('SUBSCRIBE', { id: 's', destination: '/topic/a', 'x-queue-type': 'stream', receipt: 'a' })
    await again.receipt('a')
    again.send('SUBSCRIBE', { id: 't', destination: '/topic/b', 'x-queue-type': 'stream' })
    expect((await again.waitFor('ERROR')).headers.message).toBe('Too many streams')
    const somebodyElse = await connectAs(fixture, other, elsewhere)
    somebodyElse.send('SEND', { destination: '/queue/c', receipt: 'c' }, 'x')
    await somebodyElse.receipt('c')
  },
)

test.each([
  ['queues', 'SEND', '/queue/', {}],
  ['streams', 'SUBSCRIBE', '/topic/', stream],
  ['durable subscriptions', 'SUBSCRIBE', '/topic/', durable],
])(
  'all guests of this computer share one quota of %s, however often they come again',
  async (what, command, path, headers) => {
    const fixture = startBroker(
      {
        admit: ({ login = '' }) => ({
          ok: true,
          principal: { id: login, name: login, isGuest: login.startsWith('guest') },
        }),
      },
      { limits: { queuesPerPerson: 2, streamsPerPerson: 2, durablesPerPerson: 2 } },
    )
    const openAs = async (login: string, name: string): Promise<MemoryPeer> => {
      const peer = await connectAs(fixture, login)
      peer.send(command, { destination: path + name, receipt: 'opened', ...headers })
      return peer
    }
    for (const name of ['a', 'b']) await (await openAs(`guest ${name}`, name)).receipt('opened')
    const refused = await openAs('guest c', 'c')
    expect((await refused.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
    await (await openAs('ada', 'c')).receipt('opened')
  },
)

test.each([
  ['queues', 'SEND', '/queue/', {}],
  ['streams', 'SUBSCRIBE', '/topic/', stream],
  ['durable subscriptions', 'SUBSCRIBE', '/topic/', durable],
])('the last tenth of the %s is reserved', async (what, command, path, headers) => {
  const fixture = startBroker(
    { hasReserve: ({ principal }) => principal.id === 'owner' },
    {
      limits: {
        queues: 10,
        queuesPerPerson: 3,
        streams: 10,
        streamsPerPerson: 3,
        durables: 10,
        durablesPerPerson: 3,
      },
    },
  )
  const openAs = async (login: string, name: string | number): Promise<MemoryPeer> => {
    const peer = await connectAs(fixture, login, login === 'owner' ? '127.0.0.1' : login)
    peer.send(command, { destination: path + String(name), receipt: 'opened', ...headers })
    return peer
  }
  for (let n = 0; n < 9; n++) await (await openAs(`192.168.0.${n % 3}`, n)).receipt('opened')
  const refused = await openAs('192.168.0.3', 'one more')
  expect((await refused.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
  await (await openAs('owner', 'reserved')).receipt('opened')
  const beyond = await openAs('owner', 'beyond')
  expect((await beyond.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
})

test.each([
  ['queues', 'SEND', '/queue/', {}],
  ['streams', 'SUBSCRIBE', '/topic/', stream],
  ['durable subscriptions', 'SUBSCRIBE', '/topic/', durable],
])(
  'the people of this computer together open half of the %s, however many they are',
  async (what, command, path, headers) => {
    const limits = {
      queues: 10,
      queuesPerPerson: 3,
      streams: 10,
      streamsPerPerson: 3,
      durables: 10,
      durablesPerPerson: 3,
    }
    const fixture = startBroker({}, { limits })
    const openAs = async (login: string, name: number, address?: string): Promise<MemoryPeer> => {
      const peer = await connectAs(fixture, login, address)
      peer.send(command, { destination: path + String(name), receipt: 'opened', ...headers })
      return peer
    }
    for (let n = 0; n < 5; n++) await (await openAs(`key ${n}`, n)).receipt('opened')
    const refused = await openAs('key 5', 5)
    expect((await refused.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
    for (let n = 6; n < 9; n++) await (await openAs('ada', n, '192.168.0.7')).receipt('opened')
  },
)

/** Fills `/queue/a` from there until the broker refuses. @returns how many messages it took. */
const fill = async (fixture: Fixture, login: string, address: string): Promise<number> => {
  const peer = await connectAs(fixture, login, address)
  for (let n = 0; n < 20; n++)
    peer.send('SEND', { destination: '/queue/a', receipt: String(n) }, 'x'.repeat(479))
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Queue is full')
  return peer.frames.filter(({ command }) => command === 'RECEIPT').length
}

test('one address can fill its share of the queues, this computer half of them, and others are not affected', async () => {
  // Each message takes 999 bytes.
  const fixture = startBroker({}, { limits: { queuesBytes: 10_000, queuesBytesPerPerson: 3_000 } })
  expect(await fill(fixture, 'ada', '127.0.0.1')).toBe(3)
  expect(await fill(fixture, 'bob', '127.0.0.1')).toBe(2)
  expect(await fill(fixture, 'cara', '192.168.0.7')).toBe(3)
  expect(await fill(fixture, 'dan', '192.168.0.7')).toBe(0)
  expect(await fill(fixture, 'eve', '192.168.0.8')).toBe(1)

  const reader = await connectAs(fixture, 'reader')
  reader.send('SUBSCRIBE', { id: 'r', destination: '/queue/a', receipt: 'read' })
  await reader.receipt('read')
  await expect.poll(() => reader.bodies.length).toBe(9)
  reader.leave()
  await turn()
  expect(await fill(fixture, 'cara', '192.168.0.7')).toBe(3)
})

const payer = (group: string): Payer => ({ group, isLocal: false, hasReserve: false })
const messageOf = (body: string): Publication =>
  new Publication(body, { destination: '/queue/a', headers: [], body: Buffer.from(body) })

test('a payer over its quota only makes room with its own oldest message', () => {
  // Each message takes 521 bytes.
  const budget = new SharedBytes({ all: 10_000, perPerson: 1_100 })
  const queue = new Queue({ limits: { queueMessages: 9, queueBytes: 9_000, deliveries: 20 }, budget })
  const bodies = (): string[] => queue.read(0, 9).map(({ publication }) => publication.messageId)
  queue.addNewest(messageOf('a'), payer('ada'))
  for (const body of ['1', '2', '3']) queue.addNewest(messageOf(body), payer('bob'))
  expect(bodies()).toEqual(['a', '2', '3'])
  // Ada holds as much as she may elsewhere.
  expect(budget.take(579, payer('ada'))).toBe(true)
  queue.addNewest(messageOf('b'), payer('ada'))
  expect(bodies()).toEqual(['2', '3', 'b'])
  queue.addNewest(messageOf('c'), payer('cara'))
  expect(budget.take(1_100 - 521, payer('cara'))).toBe(true)
  queue.close()
  expect(budget.take(9_000 - 1_158, { group: 'host', isLocal: true, hasReserve: true })).toBe(true)
})
