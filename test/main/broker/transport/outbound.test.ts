import { expect, test } from 'vitest'
import { heapUsed } from '../../../fuzz-budget.ts'
import { startBroker, turn } from '../fixture.ts'
import { ArrayHistory, RemoteHistory } from '../history.ts'

const kibibyte = 'x'.repeat(1024)

test('a peer that does not read is cut at the limit of bytes, and others are not affected', async () => {
  const { connect, broker } = startBroker({}, { limits: { backlogBytes: 100 * 1024 } })
  const [slow, quick] = [await connect(), await connect()]
  for (const peer of [slow, quick]) peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  slow.stall()
  for (let n = 0; n < 150; n++) {
    broker.publish('/topic/a', { body: kibibyte })
    await turn()
  }
  expect(slow.ended).toBe('cut')
  expect(slow.backlog).toBeLessThan(110 * 1024)
  expect(quick.bodies).toHaveLength(150)
  expect(broker.clients()).toHaveLength(1)
})

test('one large tick reaches every peer that reads; a peer that does not read is cut, and no memory is kept', async () => {
  const { connect, broker } = startBroker({}, { limits: { backlogBytes: 1024 * 1024 } })
  const [slow, quick] = [await connect(), await connect()]
  for (const peer of [slow, quick])
    for (let id = 0; id < 40; id++) peer.send('SUBSCRIBE', { id: String(id), destination: '/topic/a' })
  slow.stall()
  for (let n = 0; n < 5; n++) broker.publish('/topic/a', { body: kibibyte.repeat(200) })
  // Nobody is cut while somebody publishes.
  expect(slow.ended).toBeNull()
  expect(slow.backlog).toBeLessThan(3 * 1024 * 1024)
  await turn()
  expect([slow.ended, quick.ended]).toEqual(['cut', null])
  expect(quick.bodies).toHaveLength(200)
  expect(broker.counts()).toMatchObject({ connections: 1, subscriptions: 40 })
})

test('a reader of many queues gets no more at once than a reader of one', async () => {
  const { connect } = startBroker()
  const [worker, sender] = [await connect(), await connect()]
  for (let n = 0; n < 100; n++)
    sender.send('SEND', { destination: `/queue/${n}`, receipt: String(n) }, kibibyte.repeat(100))
  await sender.receipt('99')
  worker.stall()
  for (let n = 0; n < 100; n++) worker.send('SUBSCRIBE', { id: String(n), destination: `/queue/${n}` })
  await turn()
  expect(worker.backlog).toBeLessThan(512 * 1024)
  worker.takeAll()
  await expect.poll(() => worker.bodies.length).toBe(100)
  expect(worker.ended).toBeNull()
})

test('a peer more than ten seconds behind is cut, however small its backlog', async () => {
  const { connect, broker, clock } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  peer.stall()
  broker.publish('/topic/a', { body: 'x' })
  await turn()
  clock.advance(10_000)
  expect(peer.ended).toBeNull()
  clock.advance(3_000)
  expect(peer.ended).toBe('cut')
})

test('a peer that reads each batch within ten seconds stays, even if it never catches up', async () => {
  const { connect, broker, clock } = startBroker()
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  for (let second = 0; second < 40; second++) {
    peer.stall()
    broker.publish('/topic/a', { body: 'x' })
    await turn()
    clock.advance(1_000)
    if (second % 8 === 7) peer.takeAll()
  }
  expect(peer.ended).toBeNull()
})

test('the last frame reaches a closing peer', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SEND', { destination: '/topic/a', receipt: 'r' })
  peer.send('NONSENSE')
  expect(peer.frames.map(({ command }) => command)).toEqual(['CONNECTED', 'RECEIPT', 'ERROR'])
  expect(peer.ended).toBe(1002)
})

test('a history with many headers does not exceed a reader’s backlog', async () => {
  const { connect } = startBroker()
  const [writer, reader] = [await connect(), await connect()]
  const headers = Object.fromEntries(Array.from({ length: 28 }, (_, n) => [`h${n}`, 'x'.repeat(4_000)]))
  const message = { destination: '/topic/a', 'x-queue-type': 'stream', ...headers }
  for (let n = 0; n < 60; n++) writer.send('SEND', { ...message, receipt: String(n) }, String(n))
  await writer.receipt('59')
  reader.stall()
  reader.send('SUBSCRIBE', { id: 's', destination: '/topic/a', 'x-stream-offset': 'first' })
  while (reader.bodies.length < 60 && reader.ended === null) {
    await turn()
    reader.takeAll()
    reader.stall()
  }
  expect(reader.bodies).toHaveLength(60)
})

test.each([
  ['histories', { destination: '/topic/told', 'x-stream-offset': 'first' }],
  ['queues', { destination: '/queue/a' }],
])('a peer that requests %s again and again, and reads nothing, uses no memory', async (_, subscription) => {
  const { connect, broker } = startBroker({}, { streams: new ArrayHistory('/topic/told', ['0']) })
  const [peer, sender] = [await connect(), await connect()]
  sender.send('SEND', { destination: '/queue/a', receipt: 'r' }, 'x')
  await sender.receipt('r')
  peer.send('SUBSCRIBE', { id: 'live', destination: '/topic/live' })
  peer.stall()
  broker.publish('/topic/live', { body: kibibyte.repeat(200) })
  await turn()
  const before = heapUsed()
  for (let n = 0; n < 50_000; n++) {
    peer.send('SUBSCRIBE', { id: 's', ...subscription })
    // Consumers are asked whether they are ready after the RECEIPT.
    await Promise.resolve()
    peer.send('UNSUBSCRIBE', { id: 's' })
  }
  await turn()
  expect([peer.ended, peer.bodies]).toEqual([null, []])
  expect(heapUsed() - before).toBeLessThan(8 * 1024 * 1024)
})

test('no frame follows the last one, even if a producer waits for room', async () => {
  const { connect } = startBroker({}, { streams: new ArrayHistory('/topic/room', ['0', '1']) })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/room', 'x-stream-offset': 'first' })
  peer.send('NONSENSE')
  await turn()
  await turn()
  expect(peer.frames.map(({ command }) => command)).toEqual(['CONNECTED', 'ERROR'])
})

test.each([
  ['many histories', false],
  ['many histories of a slow store', true],
])('%s at once do not exceed the backlog of a peer that reads', async (_what, isSlow) => {
  const history = new ArrayHistory('/topic/room', Array<string>(2_000).fill(kibibyte))
  const remote = new RemoteHistory(history)
  const { connect, broker } = startBroker({}, { streams: isSlow ? remote : history })
  const peer = await connect()
  peer.stall()
  for (let id = 0; id < 30; id++)
    peer.send('SUBSCRIBE', { id: String(id), destination: '/topic/room', 'x-stream-offset': 'first' })
  peer.send('SUBSCRIBE', { id: 'live', destination: '/topic/live' })
  const taken: number[] = []
  for (let turns = 0; turns < 200; turns++) {
    broker.publish('/topic/live', { body: 'x' })
    remote.answer()
    await turn()
    taken.push(peer.backlog)
    peer.takeAll()
    peer.stall()
  }
  expect(peer.ended).toBeNull()
  // The first part of each is sent at once; then they take turns.
  expect(Math.max(...taken.slice(5))).toBeLessThan(512 * 1024)
  if (!isSlow) expect(Math.min(...taken.slice(5))).toBeGreaterThan(64 * 1024)
})
