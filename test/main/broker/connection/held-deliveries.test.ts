/** Deliveries that an open transaction holds outlive their subscription. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startBroker, turn, type Fixture } from '../fixture.ts'
import { numbers } from '../history.ts'
import type { MemoryPeer } from '../memory-peer.ts'
import { until } from '../../../shared/core/until.ts'

const jobs = '/queue/q'

const ackOf = (peer: MemoryPeer, body: string): string =>
  peer.frames.findLast(frame => frame.command === 'MESSAGE' && frame.body === body)?.headers.ack ?? ''

/** @returns a peer that has got these messages of the queue. */
const consume = async (
  { connect }: Fixture,
  bodies: string[],
  ack = 'client-individual',
): Promise<MemoryPeer> => {
  const peer = await connect()
  for (const body of bodies) peer.send('SEND', { destination: jobs }, body)
  peer.send('SUBSCRIBE', { id: 's', destination: jobs, ack, receipt: 'ready' })
  await peer.receipt('ready')
  await turn()
  expect(peer.bodies).toEqual(bodies)
  return peer
}

/** @returns what waits in the queue. */
const rest = async ({ connect }: Fixture): Promise<string[]> => {
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'rest', destination: jobs, ack: 'client', receipt: 'ready' })
  await peer.receipt('ready')
  await turn()
  peer.leave()
  return peer.bodies
}

/** BEGIN, ACK of this message, and the end of its subscription. */
const confirmAndUnsubscribe = (peer: MemoryPeer, body: string, command = 'ACK'): void => {
  peer.send('BEGIN', { transaction: 'x' })
  peer.send(command, { id: ackOf(peer, body), transaction: 'x' })
  peer.send('UNSUBSCRIBE', { id: 's' })
}

test('an ACK in a transaction holds when its subscription ends before the COMMIT', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, ['a', 'b'])
  confirmAndUnsubscribe(peer, 'b')
  peer.send('SEND', { destination: jobs, transaction: 'x' }, 'c')
  expect(await rest(fixture)).toEqual(['a'])
  peer.send('COMMIT', { transaction: 'x', receipt: 'done' })
  await peer.receipt('done')
  expect(await rest(fixture)).toEqual(['a', 'c'])
})

test.each([
  ['NACK and COMMIT', (peer: MemoryPeer) => peer.send('COMMIT', { transaction: 'x' }), 'NACK'],
  ['ABORT', (peer: MemoryPeer) => peer.send('ABORT', { transaction: 'x' }), 'ACK'],
  ['DISCONNECT', (peer: MemoryPeer) => peer.send('DISCONNECT'), 'ACK'],
  ['a lost connection', (peer: MemoryPeer) => peer.leave(), 'ACK'],
] as const)('%s gives it back', async (_, end, command) => {
  const fixture = startBroker()
  const peer = await consume(fixture, ['a', 'b'])
  confirmAndUnsubscribe(peer, 'b', command)
  expect(await rest(fixture)).toEqual(['a'])
  end(peer)
  await turn()
  expect(await rest(fixture)).toEqual(['a', 'b'])
})

test('a lost connection returns all its messages', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, ['a', 'b'])
  peer.send('BEGIN', { transaction: 'x' })
  peer.send('ACK', { id: ackOf(peer, 'a'), transaction: 'x' })
  peer.leave()
  expect(await rest(fixture)).toEqual(['a', 'b'])
})

test('a cumulative ACK holds all messages that it confirms, until the last transaction ends', async () => {
  const fixture = startBroker()
  const peer = await consume(fixture, ['a', 'b', 'c'], 'client')
  for (const [transaction, body] of [
    ['x', 'b'],
    ['y', 'b'],
  ] as const) {
    peer.send('BEGIN', { transaction })
    peer.send('ACK', { id: ackOf(peer, body), transaction })
  }
  peer.send('UNSUBSCRIBE', { id: 's' })
  expect(await rest(fixture)).toEqual(['c'])
  peer.send('ABORT', { transaction: 'x' })
  expect(await rest(fixture)).toEqual(['c'])
  peer.send('COMMIT', { transaction: 'y', receipt: 'done' })
  await peer.receipt('done')
  expect(await rest(fixture)).toEqual(['c'])
})

test('a frame that its transaction refuses holds nothing', async () => {
  const fixture = startBroker({}, { limits: { transactionFrames: 1 } })
  const peer = await consume(fixture, ['a', 'b'])
  peer.send('BEGIN', { transaction: 'x' })
  for (const body of ['a', 'b']) peer.send('ACK', { id: ackOf(peer, body), transaction: 'x' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Transaction too large')
  expect(await rest(fixture)).toEqual(['a', 'b'])
})

test('held deliveries still count as unconfirmed', async () => {
  const { connect } = startBroker({}, { limits: { ownQueueBytes: 5_000 } })
  const peer = await connect()
  const hold = async (n: string): Promise<void> => {
    peer.send('SUBSCRIBE', { id: n, destination: '/topic/t', ack: 'client-individual' })
    peer.send('SEND', { destination: '/topic/t' }, n)
    await until(() => ackOf(peer, n) !== '' || peer.ended !== null)
    peer.send('BEGIN', { transaction: n })
    peer.send('ACK', { id: ackOf(peer, n), transaction: n })
    peer.send('UNSUBSCRIBE', { id: n })
  }
  for (const n of numbers(0, 5)) await hold(n)
  expect(peer.ended).toBeNull()
  for (const n of numbers(5, 10)) await hold(n)
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too far behind')
})

test('with any mix of transactions, every message is confirmed once or returned', async () => {
  const step = fc.tuple(fc.constantFrom('ack', 'end', 'commit', 'abort', 'join'), fc.nat(3), fc.nat(7))
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.constantFrom('client', 'client-individual'),
      async (steps, ack) => {
        const fixture = startBroker()
        const peer = await consume(fixture, numbers(0, 8), ack)
        const open = new Map<string, Set<string>>()
        const confirmed = new Set<string>()
        let subscribed = true
        for (const [what, which, message] of steps) {
          const transaction = `t${which}`
          if (what === 'ack' && subscribed && !open.has(transaction)) {
            const names = ack === 'client' ? numbers(0, message + 1) : [`${message}`]
            // A COMMIT with a message that another one has confirmed is refused.
            const taken = [...confirmed, ...[...open.values()].flatMap(set => [...set])]
            if (names.some(name => taken.includes(name)) || ackOf(peer, `${message}`) === '') continue
            open.set(transaction, new Set(names))
            peer.send('BEGIN', { transaction })
            peer.send('ACK', { transaction, id: ackOf(peer, `${message}`) })
          }
          if (what === 'end' && subscribed) {
            peer.send('UNSUBSCRIBE', { id: 's' })
            subscribed = false
          }
          const names = open.get(transaction)
          if (names && (what === 'commit' || what === 'abort')) {
            peer.send(what.toUpperCase(), { transaction })
            if (what === 'commit') for (const name of names) confirmed.add(name)
            open.delete(transaction)
          }
        }
        expect(peer.ended).toBeNull()
        await turn()
        peer.leave()
        expect(await rest(fixture)).toEqual(numbers(0, 8).filter(name => !confirmed.has(name)))
      },
    ),
    { numRuns: 100 },
  )
})
