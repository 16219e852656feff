/** Messages that are given back again and again, or refused for good. */
import { expect, test } from 'vitest'
import { startBroker, turn, type Fixture } from '../fixture.ts'
import { numbers } from '../history.ts'
import type { MemoryPeer, SeenFrame } from '../memory-peer.ts'
import { until } from '../../../shared/core/until.ts'

const jobs = '/queue/jobs'
const dead = '/queue/DLQ.jobs'

const messagesOf = (peer: MemoryPeer): SeenFrame[] =>
  peer.frames.filter(({ command }) => command === 'MESSAGE')

const consume = async (
  { connect }: Fixture,
  destination = jobs,
  headers: Record<string, string> = {},
): Promise<MemoryPeer> => {
  const peer = await connect()
  const subscribe = { id: destination, destination, ack: 'client-individual', receipt: 'ready', ...headers }
  peer.send('SUBSCRIBE', subscribe)
  await peer.receipt('ready')
  await turn()
  return peer
}

const send = async ({ connect }: Fixture, ...bodies: string[]): Promise<void> => {
  const sender = await connect()
  for (const body of bodies) sender.send('SEND', { destination: jobs, receipt: body, colour: 'red' }, body)
  await sender.receipt(bodies.at(-1) ?? '')
}

/** Refuses everything that comes, until nothing comes any more. */
const refuseAll = async (peer: MemoryPeer, headers: Record<string, string> = {}): Promise<void> => {
  for (let refused = 0, quiet = 0; quiet < 3; quiet++) {
    for (const { headers: got } of messagesOf(peer).slice(refused)) {
      peer.send('NACK', { id: got.ack ?? '', ...headers })
      refused++
      quiet = 0
    }
    await turn()
  }
}

test('a message that is rejected again and again is delivered 20 times, then becomes a dead letter', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture)
  await send(fixture, 'poison')
  await refuseAll(peer)
  expect(messagesOf(peer).map(({ headers }) => headers['x-delivery-count'])).toEqual([
    undefined,
    ...numbers(1, 20),
  ])
  await send(fixture, 'next')
  await until(() => peer.bodies.includes('next'))
  const [letter] = messagesOf(await consume(fixture, dead))
  expect(letter).toMatchObject({
    body: 'poison',
    headers: {
      destination: dead,
      colour: 'red',
      'x-first-death-queue': 'jobs',
      'x-first-death-reason': 'delivery_limit',
    },
  })
})

test('a consumer that crashes on one message loses no other to the dead letters', async () => {
  const fixture = startBroker()
  await send(fixture, 'poison', 'b', 'c')
  for (let deaths = 0; deaths < 20; deaths++) {
    const peer = await consume(fixture)
    expect(peer.bodies).toEqual(['poison', 'b', 'c'])
    peer.leave()
  }
  expect((await consume(fixture)).bodies).toEqual(['b', 'c'])
  expect((await consume(fixture, dead)).bodies).toEqual(['poison'])
})

test('requeue:false makes a message a dead letter at once, in a transaction too', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture)
  await send(fixture, 'a', 'b')
  const [a, b] = messagesOf(peer).map(({ headers }) => headers.ack ?? '')
  peer.send('NACK', { id: a ?? '', requeue: 'false' })
  peer.send('BEGIN', { transaction: 't' })
  peer.send('NACK', { id: b ?? '', requeue: 'false', transaction: 't' })
  const reader = await consume(fixture, dead)
  expect(reader.bodies).toEqual(['a'])
  peer.send('COMMIT', { transaction: 't' })
  await until(() => reader.bodies.length === 2)
  peer.leave()
  const letter = messagesOf(reader).at(-1)
  expect([letter?.body, letter?.headers['x-first-death-reason']]).toEqual(['b', 'rejected'])
  expect((await consume(fixture)).bodies).toEqual([])
})

test('requeue:true, and any other value, returns the message', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture)
  await send(fixture, 'a')
  for (const [times, requeue] of ['true', 'FALSE', ''].entries()) {
    peer.send('NACK', { id: messagesOf(peer).at(-1)?.headers.ack ?? '', requeue })
    await until(() => peer.bodies.length === times + 2)
  }
})

test('dead letters are bounded: the oldest make room, and rejected dead letters are dropped', async () => {
  const fixture = startBroker({}, { limits: { queueMessages: 3, deliveries: 2 } })
  const peer = await consume(fixture)
  for (const body of numbers(0, 5)) await send(fixture, body)
  await refuseAll(peer, { requeue: 'false' })
  const reader = await consume(fixture, dead)
  expect(reader.bodies).toEqual(['2', '3', '4'])
  await refuseAll(reader)
  expect(reader.bodies).toHaveLength(6)
  expect((await consume(fixture, dead)).bodies).toEqual([])
  expect((await consume(fixture, '/queue/DLQ.DLQ.jobs')).bodies).toEqual([])
})

test('dead letters are dropped at the limit of queues, and for a name that is too long', async () => {
  const fixture = startBroker({}, { limits: { queues: 1 } })
  const peer = await consume(fixture)
  await send(fixture, 'a', 'b')
  peer.send('NACK', { id: messagesOf(peer)[0]?.headers.ack ?? '', requeue: 'false' })
  peer.send('ACK', { id: messagesOf(peer)[1]?.headers.ack ?? '', receipt: 'done' })
  await peer.receipt('done')
  const long = startBroker()
  const destination = `/queue/${'x'.repeat(248)}`
  const reader = await consume(long, destination)
  reader.send('SEND', { destination }, 'a')
  await refuseAll(reader, { requeue: 'false' })
  expect([reader.bodies, reader.ended]).toEqual([['a'], null])
})

/** Refuses a message of `/queue/<name>` for good, so that it is a dead letter. */
const killIn = async (fixture: Fixture, peer: MemoryPeer, name: string): Promise<void> => {
  const destination = `/queue/${name}`
  const before = peer.bodies.length
  peer.send('SUBSCRIBE', { id: name, destination, ack: 'client-individual' })
  fixture.broker.publish(destination, { body: name })
  await until(() => peer.bodies.length > before)
  peer.send('NACK', { id: messagesOf(peer).at(-1)?.headers.ack ?? '', requeue: 'false' })
  peer.send('UNSUBSCRIBE', { id: name, receipt: `${name} left` })
  await peer.receipt(`${name} left`)
}

test('a dead-letter queue counts for the payer of the original queue', async () => {
  const fixture = startBroker({}, { limits: { queues: 20, queuesPerPerson: 3 } })
  const guest = await fixture.connect({ login: 'guest' })
  for (const name of numbers(0, 20)) await killIn(fixture, guest, name)
  const other = await fixture.connect({ login: 'other' })
  for (const name of ['a', 'b', 'c'])
    other.send('SEND', { destination: `/queue/${name}`, receipt: name }, 'x')
  await other.receipt('c')
})

test('unused dead letters expire; a new one keeps their queue', async () => {
  const fixture = startBroker({}, { limits: { queueAge: 5_000 } })
  const peer = await fixture.connect()
  for (const name of ['left', 'used']) await killIn(fixture, peer, name)
  fixture.clock.advance(4_000)
  await killIn(fixture, peer, 'used')
  fixture.clock.advance(3_000)
  expect((await consume(fixture, '/queue/DLQ.left')).bodies).toEqual([])
  expect((await consume(fixture, '/queue/DLQ.used')).bodies).toEqual(['used', 'used'])
})

test('a private subscription to a topic drops a message that is rejected 20 times', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, '/topic/a')
  fixture.broker.publish('/topic/a', { body: 'poison' })
  await refuseAll(peer)
  expect(peer.bodies).toHaveLength(20)
  expect(peer.ended).toBeNull()
})

test('a sender can’t forge the delivery count or the reason of death', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture)
  const sender = await fixture.connect()
  sender.send('SEND', { destination: jobs, 'x-delivery-count': '9', 'x-first-death-queue': 'other' })
  await until(() => peer.bodies.length === 1)
  expect(messagesOf(peer)[0]?.headers).not.toHaveProperty('x-delivery-count')
  await refuseAll(peer, { requeue: 'false' })
  expect(messagesOf(await consume(fixture, dead))[0]?.headers['x-first-death-queue']).toBe('jobs')
})
