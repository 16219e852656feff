/** Queues and streams that the application deletes. */
import { expect, test } from 'vitest'
import { nobodysShare, startBroker, turn } from '../fixture.ts'

const jobs = '/queue/jobs'

test('a deleted queue loses its messages and consumers, and its bytes are free', async () => {
  const { broker, connect } = startBroker(nobodysShare, { limits: { queuesBytes: 2_000 } })
  const [consumer, sender] = [await connect(), await connect()]
  const subscribe = { destination: jobs, ack: 'client-individual', 'prefetch-count': '1' }
  consumer.send('SUBSCRIBE', { id: 'q', ...subscribe, receipt: 'reads' })
  await consumer.receipt('reads')
  for (const body of ['taken', 'waits']) sender.send('SEND', { destination: jobs, receipt: body }, body)
  await sender.receipt('waits')
  const [taken, waits] = [5, 5].map(length => jobs.length + 512 + length)
  expect(broker.openedDestinations()).toEqual([
    { destination: jobs, kind: 'queue', messages: 1, bytes: (taken ?? 0) + (waits ?? 0), isRead: true },
  ])

  expect(broker.removeDestination(jobs)).toBe(true)
  expect(broker.openedDestinations()).toEqual([])
  expect(broker.removeDestination(jobs)).toBe(false)
  sender.send('SEND', { destination: jobs, receipt: 'again' }, 'x'.repeat(1_400))
  await sender.receipt('again')
  consumer.send('UNSUBSCRIBE', { id: 'q' })
  consumer.send('SUBSCRIBE', { id: 'q', ...subscribe, receipt: 'reads again' })
  await consumer.receipt('reads again')
  await turn()
  expect(consumer.bodies.map(({ length }) => length)).toEqual([5, 1_400])
})

test('a deleted stream loses its history; its subscribers get later messages', async () => {
  const { broker, connect } = startBroker()
  const [reader, sender] = [await connect(), await connect()]
  const destination = '/topic/lecture'
  reader.send('SUBSCRIBE', { id: 's', destination, 'x-queue-type': 'stream', receipt: 'reads' })
  await reader.receipt('reads')
  sender.send('SEND', { destination, receipt: 'kept' }, 'kept')
  await sender.receipt('kept')
  expect(broker.openedDestinations()).toMatchObject([
    { destination, kind: 'stream', messages: 1, isRead: true },
  ])
  expect(broker.removeDestination(destination)).toBe(true)
  expect(broker.openedDestinations()).toEqual([])
  sender.send('SEND', { destination, receipt: 'live' }, 'live')
  await sender.receipt('live')
  await expect.poll(() => reader.bodies).toEqual(['kept', 'live'])
  const late = await connect()
  late.send('SUBSCRIBE', { id: 's', destination, 'x-stream-offset': 'first', receipt: 'late' })
  await late.receipt('late')
  await turn()
  expect(late.bodies).toEqual([])
})

test('the largest are listed first', async () => {
  const { broker, connect } = startBroker()
  const sender = await connect()
  for (const [name, length] of [
    ['a', 1],
    ['b', 100],
    ['c', 10],
  ] as const)
    sender.send('SEND', { destination: `/queue/${name}`, receipt: name }, 'x'.repeat(length))
  await sender.receipt('c')
  expect(broker.openedDestinations().map(({ destination }) => destination)).toEqual([
    '/queue/b',
    '/queue/c',
    '/queue/a',
  ])
})
