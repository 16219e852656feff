import { expect, test } from 'vitest'
import { startBroker } from '../fixture.ts'

test('counts what is open, what came in and what went out', async () => {
  const { connect, broker } = startBroker()
  const [ada, ben] = [await connect(), await connect()]
  for (const peer of [ada, ben]) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  const before = broker.counts()
  expect(before).toMatchObject({ connections: 2, subscriptions: 2, framesReceived: 4, sendsReceived: 0 })
  for (const body of ['1', '2']) broker.publish('/topic/a', { body })
  ada.send('SEND', { destination: '/topic/a', receipt: 'r' }, '3')
  await ada.receipt('r')
  await expect.poll(() => ben.bodies).toEqual(['1', '2', '3'])
  const after = broker.counts()
  expect(after.sendsReceived).toBe(1)
  expect(after.bytesReceived - before.bytesReceived).toBe(
    'SEND\ndestination:/topic/a\nreceipt:r\n\n3\0'.length,
  )
  // Two connections got a CONNECTED and three MESSAGEs, one of them a RECEIPT, too.
  expect(after).toMatchObject({ framesSent: 9, messagesSent: 6, requestsReceived: 0 })
  expect(after.bytesSent).toBeGreaterThan(before.bytesSent)
  ben.leave()
  expect(broker.counts()).toMatchObject({ connections: 1, subscriptions: 1 })
})

test('what an application answers counts as sent to it; heart-beats and receipts are no messages', async () => {
  const { connect, broker, clock } = startBroker({
    handleSend: () => undefined,
    handleSubscribe: () => [{ body: 'one' }, { body: 'two' }],
  })
  const peer = await connect({ 'heart-beat': '0,1000' })
  peer.send('SUBSCRIBE', { id: 's', destination: '/app/list' })
  peer.send('SUBSCRIBE', { id: 'q', destination: '/queue/a', ack: 'client' })
  peer.send('SEND', { destination: '/queue/a' }, 'three')
  peer.send('SEND', { destination: '/app/do', receipt: 'r' })
  await peer.receipt('r')
  clock.advance(10_000)
  await expect.poll(() => peer.heartBeats).toBeGreaterThan(0)
  await expect.poll(() => peer.bodies.toSorted()).toEqual(['one', 'three', 'two'])
  expect(broker.counts()).toMatchObject({ sendsReceived: 2, requestsReceived: 1, messagesSent: 3 })
})

test('what the application gets of a transaction counts when it gets it, and once', async () => {
  const { connect, broker } = startBroker({ handleSend: () => undefined })
  const peer = await connect()
  for (const end of ['ABORT', 'COMMIT']) {
    peer.send('BEGIN', { transaction: end })
    peer.send('SEND', { destination: '/app/do', transaction: end })
    peer.send(end, { transaction: end, receipt: end })
    await peer.receipt(end)
  }
  expect(broker.counts()).toMatchObject({ sendsReceived: 2, requestsReceived: 1 })
})

test('counts what waits, and of whom the most', async () => {
  const { connect, broker } = startBroker()
  const peers = [await connect(), await connect(), await connect()]
  for (const peer of peers) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  const [slow, slower, quick] = peers
  slower?.stall()
  broker.publish('/topic/a', { body: 'x'.repeat(1000) })
  // What leaves at the end of the turn waits until then.
  expect(broker.counts().backlogBytes).toBeGreaterThan(3 * 1000)
  await expect.poll(() => quick?.bodies.length).toBe(1)
  slow?.stall()
  broker.publish('/topic/a', { body: 'y' })
  await expect.poll(() => quick?.bodies.length).toBe(2)
  const [waiting = 0, longest = 0] = [slow?.backlog, slower?.backlog]
  expect(waiting).toBeGreaterThan(0)
  expect(longest).toBeGreaterThan(1000 + waiting)
  expect(broker.counts()).toMatchObject({ backlogBytes: waiting + longest, longestBacklogBytes: longest })
  slow?.takeAll()
  slower?.takeAll()
  expect(broker.counts()).toMatchObject({ backlogBytes: 0, longestBacklogBytes: 0 })
})
