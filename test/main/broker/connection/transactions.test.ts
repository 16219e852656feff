import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RefusedError } from '../../../../main/broker/options/hooks.ts'
import { nobodysShare, startBroker } from '../fixture.ts'
import type { MemoryPeer } from '../memory-peer.ts'
import { until } from '../../../shared/core/until.ts'

test('COMMIT publishes the messages of a transaction, in order', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  peer.send('BEGIN', { transaction: 't' })
  peer.send('SEND', { destination: '/topic/a', transaction: 't' }, '1')
  peer.send('SEND', { destination: '/topic/a' }, 'at once')
  peer.send('SEND', { destination: '/topic/a', transaction: 't', receipt: 'taken' }, '2')
  await peer.receipt('taken')
  expect(peer.bodies).toEqual(['at once'])
  peer.send('COMMIT', { transaction: 't', receipt: 'done' })
  await peer.receipt('done')
  expect(peer.bodies).toEqual(['at once', '1', '2'])
  expect(peer.frames.filter(({ command }) => command === 'MESSAGE')[1]?.headers).not.toHaveProperty(
    'transaction',
  )
})

test('ABORT and the end of a connection discard a transaction', async () => {
  const { connect } = startBroker()
  const [peer, watcher] = [await connect(), await connect()]
  watcher.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  for (const transaction of ['t', 'u']) {
    peer.send('BEGIN', { transaction })
    peer.send('SEND', { destination: '/topic/a', transaction }, transaction)
  }
  peer.send('ABORT', { transaction: 't', receipt: 'gone' })
  await peer.receipt('gone')
  peer.leave()
  watcher.send('SEND', { destination: '/topic/a' }, 'end')
  await watcher.waitFor('MESSAGE')
  expect(watcher.bodies).toEqual(['end'])
})

test('ACK and NACK wait for the COMMIT too', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', {
    id: 'q',
    destination: '/queue/a',
    ack: 'client-individual',
    'prefetch-count': '2',
  })
  for (const body of ['a', 'b', 'c']) peer.send('SEND', { destination: '/queue/a' }, body)
  await expect.poll(() => peer.bodies).toEqual(['a', 'b'])
  const [a, b] = peer.frames
    .filter(({ command }) => command === 'MESSAGE')
    .map(({ headers }) => headers.ack ?? '')
  peer.send('BEGIN', { transaction: 't' })
  peer.send('ACK', { id: a ?? '', transaction: 't' })
  peer.send('NACK', { id: b ?? '', transaction: 't', receipt: 'taken' })
  await peer.receipt('taken')
  expect(peer.bodies).toEqual(['a', 'b'])
  peer.send('COMMIT', { transaction: 't' })
  await expect.poll(() => peer.bodies.toSorted()).toEqual(['a', 'b', 'b', 'c'])
})

test('a transaction may have an empty name, as with RabbitMQ and ActiveMQ', async () => {
  const peer = await startBroker().connect()
  peer.send('SUBSCRIBE', { id: '1', destination: '/topic/a' })
  peer.send('BEGIN', { transaction: '' })
  peer.send('SEND', { destination: '/topic/a', transaction: '' }, 'in it')
  peer.send('COMMIT', { transaction: '', receipt: 'done' })
  await peer.receipt('done')
  expect(peer.bodies).toEqual(['in it'])
})

test('the application gets its frames at COMMIT, whose RECEIPT waits for it', async () => {
  let finish = (): void => undefined
  const handleSend = vi.fn(() => new Promise<void>(resolve => (finish = resolve)))
  const { connect } = startBroker({ handleSend })
  const peer = await connect()
  peer.send('BEGIN', { transaction: 't' })
  peer.send('SEND', { destination: '/app/x', transaction: 't' }, 'body')
  expect(handleSend).not.toHaveBeenCalled()
  peer.send('COMMIT', { transaction: 't', receipt: 'done' })
  expect(handleSend).toHaveBeenCalledOnce()
  expect(peer.frames.some(({ command }) => command === 'RECEIPT')).toBe(false)
  finish()
  await peer.receipt('done')
})

test.each([
  ['BEGIN', { transaction: 'open' }, 'Transaction exists'],
  ['BEGIN', {}, 'Missing header transaction'],
  ['COMMIT', { transaction: 'none' }, 'No such transaction'],
  ['ABORT', { transaction: 'none' }, 'No such transaction'],
  ['SEND', { transaction: 'none', destination: '/topic/a' }, 'No such transaction'],
  ['SEND', { transaction: 'open', destination: '/nowhere' }, 'Unknown destination'],
  ['ACK', { transaction: 'open', id: '1-x' }, 'No such message'],
])('%s %j is an ERROR: %s', async (command, headers, message) => {
  const peer = await startBroker().connect()
  peer.send('BEGIN', { transaction: 'open' })
  peer.send(command, headers)
  expect((await peer.waitFor('ERROR')).headers.message).toBe(message)
})

test('a transaction is bounded in frames and bytes, a connection in transactions', async () => {
  const { connect } = startBroker(
    {},
    { limits: { transactions: 2, transactionFrames: 2, transactionBytes: 2_000 } },
  )
  const peers = [await connect(), await connect(), await connect()]
  for (const peer of peers) peer.send('BEGIN', { transaction: 't' })
  for (let n = 0; n < 3; n++) peers[0]?.send('SEND', { destination: '/topic/a', transaction: 't' })
  expect((await peers[0]?.waitFor('ERROR'))?.headers.message).toBe('Transaction too large')
  peers[1]?.send('SEND', { destination: '/topic/a', transaction: 't' }, 'x'.repeat(2_001))
  expect((await peers[1]?.waitFor('ERROR'))?.headers.message).toBe('Transaction too large')
  for (const transaction of ['u', 'v']) peers[2]?.send('BEGIN', { transaction })
  expect((await peers[2]?.waitFor('ERROR'))?.headers.message).toBe('Too many transactions')
})

test('frames without content count as well', async () => {
  const { connect } = startBroker({}, { limits: { transactionBytes: 10_000 } })
  const peer = await connect()
  peer.send('BEGIN', { transaction: 't' })
  for (let n = 0; n < 50; n++) peer.send('SEND', { destination: '/topic/a', transaction: 't' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Transaction too large')
})

const acksOf = (peer: MemoryPeer): string[] => peer.frames.flatMap(({ headers }) => headers.ack ?? [])

/** A transaction `t` with these SEND frames, a third of a thousand bytes each. */
const sendIn = (peer: MemoryPeer, destinations: readonly string[], headers = {}): void => {
  peer.send('BEGIN', { transaction: 't' })
  for (const destination of destinations)
    peer.send('SEND', { destination, transaction: 't', ...headers }, 'x'.repeat(333))
}

/** @returns what its COMMIT is refused for. */
const refusalOf = async (peer: MemoryPeer): Promise<string | undefined> => {
  peer.send('COMMIT', { transaction: 't', receipt: 'commit' })
  const { headers } = await peer.waitFor('ERROR')
  expect(headers['receipt-id']).toBe('commit')
  return headers.message
}

test.each([
  ['messages', { queueMessages: 2 }, ['/queue/a', '/queue/a', '/queue/a'], 'Queue is full'],
  ['bytes', { queueBytes: 1_000 }, ['/queue/a', '/queue/a'], 'Queue is full'],
  ['bytes of all queues', { queuesBytes: 1_000 }, ['/queue/a', '/queue/b'], 'Queue is full'],
  ['bytes of its own', { ownQueueBytes: 1_000 }, ['/temp-queue/a', '/temp-queue/b'], 'Queue is full'],
  ['queues', { queues: 1 }, ['/queue/a', '/queue/b'], 'Too many queues'],
])('a COMMIT that exceeds the limit of %s does nothing', async (_, limits, destinations, message) => {
  const { connect } = startBroker(nobodysShare, { limits })
  const [peer, watcher] = [await connect(), await connect()]
  watcher.send('SUBSCRIBE', { id: 't', destination: '/topic/a' })
  sendIn(peer, ['/topic/a', ...destinations])
  expect(await refusalOf(peer)).toBe(message)
  // What was held for it is free again, and nothing was said.
  watcher.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', ack: 'client' })
  watcher.send('SEND', { destination: '/queue/a', receipt: 'fits' }, 'fits')
  await watcher.receipt('fits')
  expect(watcher.bodies).toEqual(['fits'])
})

test('a COMMIT that exceeds the limit of streams creates none of them', async () => {
  const { connect } = startBroker({}, { limits: { streams: 1 } })
  const [peer, other] = [await connect(), await connect()]
  sendIn(peer, ['/topic/a', '/queue/b'], { 'x-queue-type': 'stream' })
  expect(await refusalOf(peer)).toBe('Too many streams')
  other.send('SUBSCRIBE', { id: 's', destination: '/topic/c', 'x-queue-type': 'stream', receipt: 'r' })
  await other.receipt('r')
})

test('a COMMIT with an ACK that is no longer valid does nothing', async () => {
  const refusal = { message: 'Not any more' }
  let allowed = true
  const { connect } = startBroker({ refuseSend: () => (allowed ? null : refusal) })
  const [worker, asker, watcher] = [await connect(), await connect(), await connect()]
  watcher.send('SUBSCRIBE', { id: 't', destination: '/topic/a' })
  worker.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', ack: 'client-individual' })
  for (const body of ['1', '2']) worker.send('SEND', { destination: '/queue/a' }, body)
  await expect.poll(() => worker.bodies).toEqual(['1', '2'])
  const [first = '', second = ''] = acksOf(worker)
  sendIn(worker, ['/topic/a'])
  worker.send('ACK', { id: second, transaction: 't' })
  for (const transaction of ['t', undefined])
    worker.send('ACK', { id: first, ...(transaction && { transaction }) })
  expect(await refusalOf(worker)).toBe('No such message')
  sendIn(asker, ['/topic/a'])
  allowed = false
  expect(await refusalOf(asker)).toBe('Not any more')
  // The one that was confirmed outside the transaction is gone, the other waits again.
  watcher.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', receipt: 'ready' })
  await watcher.receipt('ready')
  expect(watcher.bodies).toEqual(['2'])
})

test('one transaction confirms a message once, in mode client with all earlier ones', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', ack: 'client' })
  for (const body of ['1', '2', '3']) peer.send('SEND', { destination: '/queue/a' }, body)
  await expect.poll(() => peer.bodies.length).toBe(3)
  const [first = '', second = '', third = ''] = acksOf(peer)
  peer.send('BEGIN', { transaction: 't' })
  for (const id of [second, third]) peer.send('ACK', { id, transaction: 't' })
  peer.send('ACK', { id: first, transaction: 't', receipt: 'taken' })
  await peer.receipt('taken')
  expect(await refusalOf(peer)).toBe('No such message')
  const other = await connect()
  other.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', receipt: 'ready' })
  await other.receipt('ready')
  expect(other.bodies).toEqual(['1', '2', '3'])
})

test('messages confirmed or rejected in an aborted transaction stay unconfirmed', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', ack: 'client-individual' })
  for (const body of ['1', '2']) peer.send('SEND', { destination: '/queue/a' }, body)
  await expect.poll(() => peer.bodies.length).toBe(2)
  const [first = '', second = ''] = acksOf(peer)
  peer.send('BEGIN', { transaction: 't' })
  peer.send('ACK', { id: first, transaction: 't' })
  peer.send('NACK', { id: second, transaction: 't' })
  peer.send('ABORT', { transaction: 't', receipt: 'aborted' })
  await peer.receipt('aborted')
  expect(peer.bodies).toEqual(['1', '2'])
  peer.send('ACK', { id: second, receipt: 'confirmed' })
  await peer.receipt('confirmed')
  const other = await connect()
  other.send('SUBSCRIBE', { id: 'q', destination: '/queue/a' })
  peer.leave()
  await expect.poll(() => other.bodies).toEqual(['1'])
})

test('a COMMIT that has begun runs to its end, even if the connection ends', async () => {
  const handled = vi.fn(() => new Promise<void>(() => undefined))
  const { connect } = startBroker({ handleSend: handled }, { limits: { queueMessages: 1 } })
  const [peer, watcher] = [await connect(), await connect()]
  watcher.send('SUBSCRIBE', { id: 'a', destination: '/topic/a' })
  // It can't keep up with itself: it is closed in the midst of its own COMMIT.
  peer.send('SUBSCRIBE', { id: 'self', destination: '/topic/a', ack: 'client', 'prefetch-count': '1' })
  sendIn(peer, ['/app/x', '/topic/a', '/topic/a', '/topic/a', '/topic/a', '/app/x'])
  peer.send('COMMIT', { transaction: 't', receipt: 'never' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too far behind')
  await expect.poll(() => watcher.bodies.length).toBe(4)
  expect(handled).toHaveBeenCalledTimes(2)
})

test('a refusal by the application is reported at the end of a COMMIT, and the rest is done', async () => {
  let finish = (): void => undefined
  const handleSend = vi
    .fn()
    .mockRejectedValueOnce(new RefusedError({ message: 'No such room' }))
    .mockImplementationOnce(() => new Promise<void>(resolve => (finish = resolve)))
  const { connect } = startBroker({ handleSend })
  const peer = await connect()
  sendIn(peer, ['/app/x', '/app/x'])
  peer.send('COMMIT', { transaction: 't', receipt: 'commit' })
  await expect.poll(() => handleSend.mock.calls.length).toBe(2)
  expect(peer.ended).toBeNull()
  finish()
  expect((await peer.waitFor('ERROR')).headers).toMatchObject({
    message: 'No such room',
    'receipt-id': 'commit',
  })
})

test('ended transactions no longer count, even while others are open', async () => {
  const { connect } = startBroker({}, { limits: { transactionBytes: 2_000 } })
  const peer = await connect()
  peer.send('BEGIN', { transaction: 'open' })
  for (let n = 0; n < 20; n++) {
    sendIn(peer, ['/topic/a', '/topic/a'])
    peer.send(n % 2 === 0 ? 'COMMIT' : 'ABORT', { transaction: 't', receipt: String(n) })
  }
  await peer.receipt('19')
})

test('with any mix of transactions, each is atomic and releases its reservations', async () => {
  const sends = fc.array(fc.constantFrom('/queue/a', '/queue/b', '/topic/a'), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.array(sends, { minLength: 1, maxLength: 8 }), async transactions => {
      const { connect } = startBroker(nobodysShare, { limits: { queueMessages: 5, queuesBytes: 7 * 860 } })
      const watcher = await connect()
      watcher.send('SUBSCRIBE', { id: 't', destination: '/topic/a' })
      const done: string[] = []
      for (const destinations of transactions) {
        const peer = await connect()
        sendIn(peer, destinations)
        peer.send('COMMIT', { transaction: 't', receipt: 'commit' })
        await until(() => peer.frames.length > 1)
        if (peer.ended === null) done.push(...destinations)
      }
      const queued = done.filter(destination => destination !== '/topic/a')
      // What is left of the room is what was not taken.
      const filler = await connect()
      for (let n = queued.length; n < 7; n++)
        filler.send('SEND', { destination: `/queue/${n}` }, 'x'.repeat(333))
      filler.send('BEGIN', { transaction: 't', receipt: 'all taken' })
      await filler.receipt('all taken')
      for (const id of ['a', 'b']) watcher.send('SUBSCRIBE', { id, destination: `/queue/${id}`, receipt: id })
      await watcher.receipt('b')
      const seen = watcher.frames.flatMap(({ headers }) => headers.destination ?? [])
      expect(seen.toSorted()).toEqual(done.toSorted())
    }),
    { numRuns: 60 },
  )
})
