import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nobodysShare, startBroker, turn, type Fixture } from '../fixture.ts'
import { numbers } from '../history.ts'
import type { MemoryPeer, SeenFrame } from '../memory-peer.ts'

const jobs = '/queue/jobs'

const messagesOf = (peer: MemoryPeer): SeenFrame[] =>
  peer.frames.filter(({ command }) => command === 'MESSAGE')

const consume = async (
  { connect }: Pick<Fixture, 'connect'>,
  headers: Record<string, string> = {},
  version: '1.0' | '1.1' | '1.2' = '1.2',
): Promise<MemoryPeer> => {
  const peer = await connect({}, version)
  peer.send('SUBSCRIBE', { id: 'q', destination: jobs, receipt: 'ready', ...headers })
  await peer.receipt('ready')
  return peer
}

const sendAll = async (fixture: Fixture, bodies: readonly string[]): Promise<void> => {
  const sender = await fixture.connect()
  for (const body of bodies) sender.send('SEND', { destination: jobs, receipt: body }, body)
  await sender.receipt(bodies.at(-1) ?? '')
}

test('messages wait for a consumer, and go to the consumers in turn', async () => {
  const fixture = startBroker()
  await sendAll(fixture, ['0', '1'])
  const first = await consume(fixture)
  expect(first.bodies).toEqual(['0', '1'])
  const second = await consume(fixture)
  await sendAll(fixture, numbers(2, 10))
  await expect.poll(() => first.bodies.length + second.bodies.length).toBe(10)
  expect([first.bodies.length, second.bodies.length]).toEqual([6, 4])
})

test('waiting messages come after the RECEIPT of the SUBSCRIBE', async () => {
  const fixture = startBroker()
  await sendAll(fixture, ['0'])
  const peer = await consume(fixture)
  await expect.poll(() => peer.bodies).toEqual(['0'])
  expect(peer.frames.slice(-2).map(({ command }) => command)).toEqual(['RECEIPT', 'MESSAGE'])
})

test('prefetch-count limits the unconfirmed messages of a consumer', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, { ack: 'client-individual', 'prefetch-count': '2' })
  await sendAll(fixture, numbers(0, 5))
  expect(peer.bodies).toEqual(['0', '1'])
  peer.send('ACK', { id: messagesOf(peer)[1]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(['0', '1', '2'])
  peer.send('ACK', { id: messagesOf(peer)[0]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(['0', '1', '2', '3'])
})

test('in mode client an ACK confirms all earlier messages too', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, { ack: 'client', 'prefetch-count': '3' })
  await sendAll(fixture, numbers(0, 7))
  expect(peer.bodies).toEqual(numbers(0, 3))
  peer.send('ACK', { id: messagesOf(peer)[2]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(numbers(0, 6))
})

test('NACK returns a message, marked as redelivered', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, { ack: 'client-individual', 'prefetch-count': '1' })
  await sendAll(fixture, ['a', 'b'])
  peer.send('NACK', { id: messagesOf(peer)[0]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(['a', 'a'])
  expect(messagesOf(peer).map(({ headers }) => headers.redelivered)).toEqual([undefined, 'true'])
})

test.each([
  ['a connection that is lost', (peer: MemoryPeer) => peer.leave()],
  ['UNSUBSCRIBE', (peer: MemoryPeer) => peer.send('UNSUBSCRIBE', { id: 'q' })],
  ['DISCONNECT', (peer: MemoryPeer) => peer.send('DISCONNECT')],
])('%s returns unconfirmed messages, in their old order', async (_, end) => {
  const fixture = startBroker()
  const first = await consume(fixture, { ack: 'client-individual', 'prefetch-count': '3' })
  await sendAll(fixture, numbers(0, 5))
  first.send('ACK', { id: messagesOf(first)[1]?.headers.ack ?? '' })
  await expect.poll(() => first.bodies).toEqual(numbers(0, 4))
  end(first)
  await turn()
  const second = await consume(fixture)
  expect(second.bodies).toEqual(['0', '2', '3', '4'])
  expect(messagesOf(second).map(({ headers }) => headers.redelivered === 'true')).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('a departing consumer gets no more messages, under no other subscription either', async () => {
  const fixture = startBroker()
  const first = await consume(fixture, { ack: 'client-individual' })
  await sendAll(fixture, ['a'])
  first.send('SUBSCRIBE', { id: 'other', destination: jobs, receipt: 'both' })
  await first.receipt('both')
  first.leave()
  await turn()
  const second = await consume(fixture)
  expect([first.bodies, second.bodies]).toEqual([['a'], ['a']])
})

test.each(['1.1', '1.0'] as const)('%s confirms by message-id', async version => {
  const fixture = startBroker()
  const peer = await consume(fixture, { ack: 'client', 'prefetch-count': '1' }, version)
  await sendAll(fixture, ['a', 'b'])
  const [message] = messagesOf(peer)
  expect(message?.headers).not.toHaveProperty('ack')
  peer.send('ACK', {
    'message-id': message?.headers['message-id'] ?? '',
    ...(version === '1.1' && { subscription: 'q' }),
  })
  await expect.poll(() => peer.bodies).toEqual(['a', 'b'])
})

test.each([
  ['an id that never was', 'ACK', { id: '1-x' }],
  ['a subscription that never was', 'NACK', { id: 'nonsense' }],
  ['no id', 'ACK', {}],
])('%s is an ERROR', async (_, command, headers) => {
  const peer = await consume(startBroker(), { ack: 'client' })
  peer.send(command, { ...headers, receipt: 'r' })
  expect((await peer.waitFor('ERROR')).headers['receipt-id']).toBe('r')
})

test.each(['ACK', 'NACK'])(
  '1.2 may name it by message-id in %s, where that names one delivery',
  async command => {
    const fixture = startBroker()
    const peer = await consume(fixture, { ack: 'client-individual', 'prefetch-count': '1' })
    await sendAll(fixture, ['a', 'b'])
    peer.send(command, { id: messagesOf(peer)[0]?.headers['message-id'] ?? '' })
    await expect.poll(() => peer.bodies).toEqual(['a', command === 'ACK' ? 'b' : 'a'])
  },
)

test('a message-id of two subscriptions is ambiguous, unless the subscription is named too', async () => {
  const { connect, broker } = startBroker()
  const peer = await connect()
  for (const id of ['1', '2'])
    peer.send('SUBSCRIBE', { id, destination: '/topic/a', ack: 'client-individual' })
  broker.publish('/topic/a', { body: 'a' })
  await expect.poll(() => peer.bodies).toEqual(['a', 'a'])
  const id = messagesOf(peer)[0]?.headers['message-id'] ?? ''
  peer.send('ACK', { id, subscription: '2', receipt: 'second' })
  await peer.receipt('second')
  broker.publish('/topic/a', { body: 'b' })
  await expect.poll(() => peer.bodies.length).toBe(4)
  peer.send('ACK', { id: messagesOf(peer)[2]?.headers['message-id'] ?? '' })
  expect((await peer.waitFor('ERROR')).body).toContain('several subscriptions')
})

test('a message is confirmed once', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, { ack: 'client-individual' })
  await sendAll(fixture, ['a'])
  const id = messagesOf(peer)[0]?.headers.ack ?? ''
  peer.send('ACK', { id })
  peer.send('ACK', { id })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('No such message')
})

test.each(['-1', 'many', ''])('prefetch-count:%s is refused', async prefetch => {
  const peer = await startBroker().connect()
  peer.send('SUBSCRIBE', { id: 'q', destination: jobs, 'prefetch-count': prefetch })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Bad prefetch-count')
})

test('prefetch-count:0 means as many as allowed', async () => {
  const fixture = startBroker({}, { limits: { prefetch: 3 } })
  const peer = await consume(fixture, { ack: 'client', 'prefetch-count': '0' })
  await sendAll(fixture, numbers(0, 5))
  expect(peer.bodies).toEqual(numbers(0, 3))
})

test('a consumer that does not read gets no more messages, and the others get the rest', async () => {
  const fixture = startBroker()
  const [slow, quick] = [await consume(fixture), await consume(fixture)]
  slow.stall()
  const sender = await fixture.connect()
  for (let n = 0; n < 1_000; n++) {
    sender.send('SEND', { destination: jobs }, 'x'.repeat(1_000))
    if (n % 50 === 0) await turn()
  }
  await expect.poll(() => quick.bodies.length).toBeGreaterThan(700)
  expect(slow.ended).toBeNull()
  expect(slow.backlog).toBeLessThan(400_000)
  slow.takeAll()
  await expect.poll(() => slow.bodies.length + quick.bodies.length).toBe(1_000)
})

test('queues are bounded in messages, in bytes and in number', async () => {
  const fixture = startBroker(nobodysShare, { limits: { queueMessages: 3, queueBytes: 10_000, queues: 2 } })
  await sendAll(fixture, numbers(0, 3))
  const senders = [await fixture.connect(), await fixture.connect(), await fixture.connect()]
  senders[0]?.send('SEND', { destination: jobs }, '3')
  expect((await senders[0]?.waitFor('ERROR'))?.headers.message).toBe('Queue is full')
  senders[1]?.send('SEND', { destination: '/queue/big' }, 'x'.repeat(10_000))
  expect((await senders[1]?.waitFor('ERROR'))?.headers.message).toBe('Queue is full')
  // Nothing is left of the queue that took nothing.
  senders[2]?.send('SEND', { destination: '/queue/other', receipt: 'fits' })
  await senders[2]?.receipt('fits')
  senders[2]?.send('SEND', { destination: '/queue/one-more' })
  expect((await senders[2]?.waitFor('ERROR'))?.headers.message).toBe('Too many queues')
})

test('an unused queue makes room for the messages of others', async () => {
  const fixture = startBroker(nobodysShare, { limits: { queuesBytes: 1_000, queueAge: 5_000 } })
  await sendAll(fixture, ['forgotten'])
  const early = await fixture.connect()
  early.send('SEND', { destination: '/queue/other' }, 'x')
  expect((await early.waitFor('ERROR')).headers.message).toBe('Queue is full')
  fixture.clock.advance(7_000)
  const later = await fixture.connect()
  later.send('SEND', { destination: '/queue/other', receipt: 'fits' }, 'x')
  await later.receipt('fits')
})

test('a queue whose reader has just left is not unused, however old it is', async () => {
  const fixture = startBroker({}, { limits: { queues: 1, queueAge: 5_000 } })
  const reader = await consume(fixture, { ack: 'client' })
  await sendAll(fixture, ['unconfirmed'])
  fixture.clock.advance(60_000)
  reader.leave()
  await turn()
  const sender = await fixture.connect()
  sender.send('SEND', { destination: '/queue/other' }, 'x')
  expect((await sender.waitFor('ERROR')).headers.message).toBe('Too many queues')
  expect((await consume(fixture)).bodies).toEqual(['unconfirmed'])
})

test('an unused queue expires; one with a reader stays', async () => {
  const fixture = startBroker(nobodysShare, { limits: { queues: 2, queueAge: 5_000 } })
  const reader = await fixture.connect()
  reader.send('SUBSCRIBE', { id: 'r', destination: '/queue/read', ack: 'client', receipt: 'ready' })
  await reader.receipt('ready')
  await sendAll(fixture, ['forgotten'])
  const sender = await fixture.connect()
  fixture.clock.advance(5_001)
  sender.send('SEND', { destination: '/queue/read', receipt: 'read' }, 'x')
  sender.send('SEND', { destination: '/queue/new', receipt: 'new' }, 'x')
  await sender.receipt('new')
  expect(reader.bodies).toEqual(['x'])
  sender.send('SEND', { destination: '/queue/another' }, 'x')
  expect((await sender.waitFor('ERROR')).headers.message).toBe('Too many queues')
})

test('everything that a message keeps of its frame counts, including its destination', async () => {
  const { connect } = startBroker({}, { limits: { queueBytes: 5_000 } })
  const sender = await connect()
  for (let n = 0; n < 8; n++) sender.send('SEND', { destination: `/queue/${'x'.repeat(240)}` })
  expect((await sender.waitFor('ERROR')).headers.message).toBe('Queue is full')
})

test('a topic can be acknowledged too: a returned message comes again to the same subscription', async () => {
  const { connect, broker } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', {
    id: 't',
    destination: '/topic/a',
    ack: 'client-individual',
    'prefetch-count': '1',
  })
  for (const body of ['a', 'b']) broker.publish('/topic/a', { body })
  await expect.poll(() => peer.bodies).toEqual(['a'])
  peer.send('NACK', { id: messagesOf(peer)[0]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(['a', 'a'])
  peer.send('ACK', { id: messagesOf(peer)[1]?.headers.ack ?? '' })
  await expect.poll(() => peer.bodies).toEqual(['a', 'a', 'b'])
})

test('a topic subscriber that never acknowledges is closed at the limit of its queue', async () => {
  const { connect, broker } = startBroker({}, { limits: { queueMessages: 10 } })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 't', destination: '/topic/a', ack: 'client', 'prefetch-count': '1' })
  for (let n = 0; n < 20; n++) broker.publish('/topic/a', { body: 'x' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too far behind')
})

test('every message is confirmed exactly once, with any mix of consumers', async () => {
  const step = fc.tuple(fc.constantFrom('send', 'join', 'leave', 'ack', 'nack', 'turn'), fc.nat(5))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async steps => {
      const fixture = startBroker()
      const sender = await fixture.connect()
      const confirmed: string[] = []
      const open = new Map<MemoryPeer, number>()
      let sent = 0
      const settle = (peer: MemoryPeer, command: 'ACK' | 'NACK'): void => {
        const settled = open.get(peer) ?? 0
        const message = messagesOf(peer)[settled]
        if (!message) return
        open.set(peer, settled + 1)
        peer.send(command, { id: message.headers.ack ?? '' })
        if (command === 'ACK') confirmed.push(message.body)
      }
      for (const [what, index] of steps) {
        const peer = [...open.keys()][index % Math.max(1, open.size)]
        if (what === 'send') sender.send('SEND', { destination: jobs }, String(sent++))
        if (what === 'turn') await turn()
        if (what === 'join' && open.size < 4)
          open.set(
            await consume(fixture, { ack: 'client-individual', 'prefetch-count': String(index + 1) }),
            0,
          )
        if (what === 'leave' && peer) {
          open.delete(peer)
          peer.leave()
        }
        if (what === 'ack' && peer) settle(peer, 'ACK')
        if (what === 'nack' && peer) settle(peer, 'NACK')
      }
      for (const peer of open.keys()) peer.leave()
      const last = await consume(fixture)
      await turn()
      expect([...confirmed, ...last.bodies].sort()).toEqual(numbers(0, sent).sort())
      expect(last.bodies.map(Number)).toEqual(last.bodies.map(Number).sort((a, b) => a - b))
    }),
    { numRuns: 100 },
  )
})
