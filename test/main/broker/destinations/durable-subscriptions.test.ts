/** Durable subscriptions to topics, as clients of RabbitMQ and of ActiveMQ ask for them. */
import { expect, test } from 'vitest'
import { nobodysShare, startBroker, turn, type Fixture } from '../fixture.ts'
import { numbers } from '../history.ts'
import type { MemoryPeer } from '../memory-peer.ts'
import { until } from '../../../shared/core/until.ts'

const topic = '/topic/orders'
const rabbit = { id: 'd', durable: 'true', 'auto-delete': 'false' }
const active = { id: 'd', 'activemq.subscriptionName': 'billing' }
const durableAge = 60_000

interface Reading {
  login?: string
  headers?: Record<string, string>
  connect?: Record<string, string>
}

const subscribe = async (peer: MemoryPeer, headers: Record<string, string>): Promise<void> => {
  const receipt = `${headers.id} subscribed`
  peer.send('SUBSCRIBE', { destination: topic, receipt, ...headers })
  await peer.receipt(receipt)
  await turn()
}

const read = async ({ connect }: Fixture, { login = 'ada', ...given }: Reading = {}): Promise<MemoryPeer> => {
  const peer = await connect({ login, ...given.connect })
  await subscribe(peer, given.headers ?? rabbit)
  return peer
}

const publish = ({ broker }: Fixture, ...bodies: string[]): void => {
  for (const body of bodies) broker.publish(topic, { body })
}

const unsubscribe = async (peer: MemoryPeer, headers: Record<string, string>): Promise<void> => {
  peer.send('UNSUBSCRIBE', { receipt: 'left', ...headers })
  await peer.receipt('left')
}

test.each([
  ['RabbitMQ by id', rabbit],
  ['RabbitMQ by queue name', { id: 'd', 'x-queue-name': 'billing', 'auto-delete': 'false' }],
  ['RabbitMQ, the older word', { id: 'd', persistent: 'true', 'auto-delete': 'false' }],
  ['ActiveMQ', active],
  ['a wildcard', { ...rabbit, destination: '/topic/*' }],
])('%s: messages wait for an absent reader', async (_, headers) => {
  const fixture = startBroker()
  const first = await read(fixture, { headers })
  publish(fixture, '0')
  await until(() => first.bodies.length === 1)
  first.leave()
  publish(fixture, '1', '2')
  const second = await read(fixture, { headers })
  expect(second.bodies).toEqual(['1', '2'])
  expect(second.frames.at(-1)?.headers).toMatchObject({ destination: topic, subscription: 'd' })
  second.send('UNSUBSCRIBE', { id: 'd' })
  publish(fixture, '3')
  expect((await read(fixture, { headers })).bodies).toEqual(['3'])
})

test.each([
  ['durable:true alone', { id: 'd', durable: 'true' }],
  ['auto-delete:true', { ...rabbit, 'auto-delete': 'true' }],
  ['exclusive:true', { ...rabbit, exclusive: 'true' }],
  ['a queue name alone', { id: 'd', 'x-queue-name': 'billing' }],
])('%s ends with its reader, as with RabbitMQ', async (_, headers) => {
  const fixture = startBroker()
  const first = await read(fixture, { headers })
  first.leave()
  publish(fixture, '0')
  const second = await read(fixture, { headers })
  publish(fixture, '1')
  await until(() => second.bodies.length > 0)
  expect(second.bodies).toEqual(['1'])
})

test('unconfirmed messages go to the next reader', async () => {
  const fixture = startBroker()
  const headers = { ...rabbit, ack: 'client-individual' }
  const first = await read(fixture, { headers })
  publish(fixture, 'a', 'b')
  await until(() => first.bodies.length === 2)
  first.send('ACK', { id: first.frames.at(-1)?.headers.ack ?? '' })
  first.leave()
  const second = await read(fixture, { headers })
  expect(second.frames.at(-1)).toMatchObject({ body: 'a', headers: { redelivered: 'true' } })
  expect(second.bodies).toEqual(['a'])
})

test('two readers share its messages', async () => {
  const fixture = startBroker()
  const [first, second] = [await read(fixture), await read(fixture)]
  publish(fixture, ...numbers(0, 4))
  await until(() => first.bodies.length + second.bodies.length === 4)
  expect([first.bodies.length, second.bodies.length]).toEqual([2, 2])
})

test.each([
  ['another login', { login: 'ben' }],
  ['another client-id', { connect: { 'client-id': 'x' } }],
  ['another name', { headers: { ...rabbit, id: 'other' } }],
  ['another destination', { headers: { ...rabbit, destination: '/topic/*' } }],
])('%s has a subscription of its own', async (_, reading) => {
  const fixture = startBroker()
  const first = await read(fixture)
  first.leave()
  publish(fixture, '0')
  expect((await read(fixture, reading)).bodies).toEqual([])
  expect((await read(fixture)).bodies).toEqual(['0'])
})

test.each([
  ['RabbitMQ: with durable:true', rabbit, [{ id: 'd', durable: 'true' }]],
  [
    'ActiveMQ: by its name, when nobody reads it',
    active,
    [{ id: 'd' }, { id: 'd', 'activemq.subscriptionName': 'billing' }],
  ],
  ['ActiveMQ: by its name alone', active, [{ 'activemq.subscriptionName': 'billing' }]],
] as const)('%s an UNSUBSCRIBE gives it up', async (_, headers, frames) => {
  const fixture = startBroker()
  const peer = await read(fixture, { headers })
  for (const frame of frames) await unsubscribe(peer, frame)
  peer.leave()
  publish(fixture, '0')
  expect((await read(fixture, { headers })).bodies).toEqual([])
})

test('a subscription that is deleted while it has readers ends when they leave', async () => {
  const fixture = startBroker()
  const [first, second] = [await read(fixture), await read(fixture)]
  await unsubscribe(first, { id: 'd', durable: 'true' })
  publish(fixture, '0')
  await until(() => second.bodies.length === 1)
  second.leave()
  publish(fixture, '1')
  expect((await read(fixture)).bodies).toEqual([])
})

test('a peer can’t delete a subscription of another one, or a missing one', async () => {
  const fixture = startBroker()
  const first = await read(fixture, { headers: active })
  first.leave()
  publish(fixture, '0')
  const ben = await fixture.connect({ login: 'ben' })
  ben.send('UNSUBSCRIBE', active)
  expect((await ben.waitFor('ERROR')).headers.message).toBe('No such subscription')
  expect((await read(fixture, { headers: active })).bodies).toEqual(['0'])
})

test('the application is asked for permission each time', async () => {
  let banned = false
  const fixture = startBroker({ refuseSubscribe: () => (banned ? { message: 'Banned' } : null) })
  const first = await read(fixture)
  first.leave()
  publish(fixture, '0')
  banned = true
  const second = await fixture.connect({ login: 'ada' })
  second.send('SUBSCRIBE', { destination: topic, ...rabbit })
  expect((await second.waitFor('ERROR')).headers.message).toBe('Banned')
  expect(second.bodies).toEqual([])
})

test('it keeps the newest messages within its limits of count and total bytes', async () => {
  const few = startBroker({}, { limits: { queueMessages: 3 } })
  const reader = await read(few)
  reader.leave()
  publish(few, ...numbers(0, 10))
  expect((await read(few)).bodies).toEqual(['7', '8', '9'])

  const small = startBroker(nobodysShare, { limits: { durableBytes: 5_000, queueBytes: 4_000 } })
  for (const id of ['a', 'b']) (await read(small, { headers: { ...rabbit, id } })).leave()
  publish(small, 'x'.repeat(4_000), ...numbers(0, 100))
  const counts: number[] = []
  for (const id of ['a', 'b']) {
    const { bodies } = await read(small, { headers: { ...rabbit, id } })
    expect(bodies.at(-1)).toBe('99')
    counts.push(bodies.length)
  }
  expect(counts.reduce((sum, count) => sum + count)).toBeLessThan(5_000 / 512)
})

test('the backlog of one person does not use up the room of another', async () => {
  const fixture = startBroker({}, { limits: { durableBytes: 20_000, durableBytesPerPerson: 5_000 } })
  for (const login of ['ada', 'bob']) {
    for (const id of ['a', 'b']) (await read(fixture, { login, headers: { ...rabbit, id } })).leave()
    publish(fixture, ...numbers(10, 100))
  }
  for (const login of ['ada', 'bob'])
    expect((await read(fixture, { login, headers: { ...rabbit, id: 'a' } })).bodies.at(-1)).toBe('99')
})

test('their number is limited, in total and for each address', async () => {
  const { open, connect } = startBroker({}, { limits: { durables: 4, durablesPerPerson: 2 } })
  const network = async (address: string): Promise<MemoryPeer> => {
    const peer = open('1.2', address)
    peer.send('CONNECT', { 'accept-version': '1.2', login: address })
    await peer.waitFor('CONNECTED')
    return peer
  }
  const guest = await network('192.168.0.7')
  for (const id of ['1', '2']) await subscribe(guest, { ...rabbit, id })
  guest.send('SUBSCRIBE', { destination: topic, ...rabbit, id: '3' })
  expect((await guest.waitFor('ERROR')).headers.message).toBe('Too many durable subscriptions')
  const own = await connect()
  for (const id of ['1', '2']) await subscribe(own, { ...rabbit, id })
  const other = await network('192.168.0.8')
  other.send('SUBSCRIBE', { destination: topic, ...rabbit })
  expect((await other.waitFor('ERROR')).headers.message).toBe('Too many durable subscriptions')
})

test('a subscription without a reader expires', async () => {
  const fixture = startBroker({}, { limits: { durableAge } })
  const [left, reader] = [await read(fixture), await read(fixture, { headers: { ...rabbit, id: 'read' } })]
  fixture.clock.advance(durableAge)
  left.leave()
  publish(fixture, '0')
  fixture.clock.advance(durableAge - 10_000)
  const back = await read(fixture)
  expect(back.bodies).toEqual(['0'])
  back.leave()
  publish(fixture, '1')
  fixture.clock.advance(durableAge + 10_000)
  expect((await read(fixture)).bodies).toEqual([])
  publish(fixture, '2')
  await until(() => reader.bodies.length === 3)
})

test.each([
  ['1.0', { durable: 'true', 'auto-delete': 'false' }, 'Missing header id'],
  ['1.2', { id: '1', 'x-queue-name': '' }, 'Bad name'],
  ['1.2', { id: '1', 'activemq.subscriptionName': 'x'.repeat(256) }, 'Bad name'],
] as const)('%s %j is refused', async (version, headers, message) => {
  const peer = await startBroker().connect({}, version)
  peer.send('SUBSCRIBE', { destination: topic, ...headers })
  expect((await peer.waitFor('ERROR')).headers.message).toBe(message)
})

test('a stream’s reader has its history, and a queue’s has no durable subscription', async () => {
  const fixture = startBroker()
  const stream = { ...rabbit, 'x-queue-type': 'stream', 'x-stream-offset': 'first' }
  for (let n = 0; n < 2; n++) {
    const reader = await read(fixture, { headers: stream })
    publish(fixture, `${n}`)
    await until(() => reader.bodies.length === n + 1)
    reader.leave()
  }
  const worker = await read(fixture, { headers: { ...rabbit, destination: '/queue/a' } })
  fixture.broker.publish('/queue/a', { body: 'job' })
  await until(() => worker.bodies.length === 1)
})
