import { expect, test } from 'vitest'
import { heapUsed } from '../../../fuzz-budget.ts'
import { startBroker, turn } from '../fixture.ts'
import { ArrayHistory, RemoteHistory } from '../history.ts'

const kibibyte = 'x'.repeat(1024)

test('who does not read is cut at the limit of bytes, and the others notice nothing', async () => {
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

test('however much one turn brings: who takes it gets all of it, who does not is cut, and nobody keeps it', async () => {
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

test('who reads many queues gets no more at once than who reads one', async () => {
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

test('who is more than ten seconds behind is cut, however little it is', async () => {
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

test('who takes what was written within ten seconds stays, though never up to date', async () => {
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

test('the last words reach a peer that is closed', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.send('SEND', { destination: '/topic/a', receipt: 'r' })
  peer.send('NONSENSE')
  expect(peer.frames.map(({ command }) => command)).toEqual(['CONNECTED', 'RECEIPT', 'ERROR'])
  expect(peer.ended).toBe(1002)
})

test('a history of messages that are mostly headers does not put a reader behind', async () => {
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
])('who asks for %s again and again, and reads nothing, is not remembered', async (_, subscription) => {
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

test('nothing comes after the last words, though somebody waited for room', async () => {
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
])('%s at once do not put a reader behind who takes what it gets', async (_what, isSlow) => {
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
