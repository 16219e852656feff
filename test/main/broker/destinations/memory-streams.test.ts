import { expect, test, vi } from 'vitest'
import { MemoryStreams } from '../../../../main/broker/destinations/memory-streams.ts'
import { Publication } from '../../../../main/broker/frames/publication.ts'
import { startBroker, turn } from '../fixture.ts'
import { ArrayHistory, numbers } from '../history.ts'

const stream = { 'x-queue-type': 'stream' }
const nobody = (): boolean => false

test.each(['/topic/a', '/queue/a'])('x-queue-type:stream gives %s a history', async destination => {
  const { connect } = startBroker()
  const [writer, early] = [await connect(), await connect()]
  early.send('SUBSCRIBE', { id: 'e', destination, ...stream, receipt: 'ready' })
  await early.receipt('ready')
  for (const body of numbers(0, 5)) writer.send('SEND', { destination, colour: 'red', receipt: body }, body)
  await writer.receipt('4')
  const late = await connect()
  late.send('SUBSCRIBE', { id: 'l', destination, 'x-stream-offset': 'offset=2' })
  writer.send('SEND', { destination }, 'live')
  await expect
    .poll(() => [early.bodies, late.bodies])
    .toEqual([
      [...numbers(0, 5), 'live'],
      ['2', '3', '4', 'live'],
    ])
  expect(late.frames.slice(1).map(({ headers }) => headers['x-stream-offset'])).toEqual(['2', '3', '4', '5'])
  expect(late.frames[1]?.headers).toMatchObject({ colour: 'red', destination, subscription: 'l' })
})

test('a stream can be acknowledged, with its prefetch, across the switch to live messages', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  for (const body of numbers(0, 200)) peer.send('SEND', { destination: '/topic/a', ...stream }, body)
  const reader = await connect()
  reader.send('SUBSCRIBE', {
    id: 'r',
    destination: '/topic/a',
    ack: 'client-individual',
    'prefetch-count': '10',
    'x-stream-offset': 'first',
  })
  await expect.poll(() => reader.bodies.length).toBe(10)
  peer.send('SEND', { destination: '/topic/a' }, '200')
  for (let confirmed = 0; confirmed < 201; confirmed++) {
    await expect.poll(() => reader.bodies.length, { interval: 1 }).toBe(Math.min(201, confirmed + 10))
    reader.send('ACK', { id: reader.frames[confirmed + 1]?.headers.ack ?? '' })
  }
  expect(reader.bodies).toEqual(numbers(0, 201))
})

test('a history of the application is not stored twice', async () => {
  const history = new ArrayHistory('/topic/room', ['0'])
  const { connect, broker } = startBroker({}, { streams: history })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/room', ...stream, 'x-stream-offset': 'first' })
  broker.publish('/topic/room', { body: '1', offset: history.append('1') })
  await expect.poll(() => peer.bodies).toEqual(['0', '1'])
  expect(peer.frames.map(({ headers }) => headers['x-stream-offset'])).toEqual([undefined, '0', '1'])
})

test('a queue in use can’t become a stream', async () => {
  const { connect } = startBroker()
  const [consumer, sender, writer] = [await connect(), await connect(), await connect()]
  consumer.send('SUBSCRIBE', { id: 'q', destination: '/queue/a' })
  sender.send('SEND', { destination: '/queue/b' })
  writer.send('SEND', { destination: '/queue/a', ...stream })
  sender.send('SUBSCRIBE', { id: 'b', destination: '/queue/b', ...stream })
  for (const peer of [sender, writer])
    expect((await peer.waitFor('ERROR')).headers.message).toBe('Not a stream')
})

test('expired entries are not read, even without new ones', () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
  const limits = {
    streams: 2,
    streamsPerPerson: 9,
    streamEntries: 9,
    streamBytes: 1e6,
    streamAge: 5_000,
    streamsBytes: 1e6,
  }
  const streams = new MemoryStreams(limits, name => name === 'read')
  const append = (destination: string): number | null =>
    streams.append(new Publication('m', { destination, headers: [], body: new Uint8Array(1) }))
  for (const name of ['idle', 'read']) {
    streams.open(name)
    expect([append(name), append(name)]).toEqual([0, 1])
  }
  vi.setSystemTime(5_001)
  expect(streams.bounds('idle')).toEqual({ first: 2, next: 2 })
  expect(streams.read('read', 0, 9)).toEqual([])
  // An empty one that nobody reads makes room, and no offset is given twice.
  streams.open('new')
  expect([streams.has('idle'), append('new')]).toEqual([false, 2])
  expect(() => streams.open('one more')).toThrow('2 streams')
  vi.useRealTimers()
})

test('limits entries, bytes, age and the number of streams', () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
  const limits = {
    streams: 2,
    streamsPerPerson: 9,
    streamEntries: 100,
    streamBytes: 60_000,
    streamAge: 5_000,
    streamsBytes: 1e6,
  }
  const streams = new MemoryStreams(limits, nobody)
  for (const name of ['count', 'bytes']) streams.open(name)
  streams.open('count')
  expect(() => streams.open('one more')).toThrow('2 streams')
  const append = (destination: string, length: number): number | null =>
    streams.append(new Publication('m', { destination, headers: [], body: new Uint8Array(length) }))
  for (let n = 0; n < 250; n++) expect(append('count', 1)).toBe(n)
  expect(streams.bounds('count')).toEqual({ first: 150, next: 250 })
  expect(streams.read('count', 0, 2).map(({ offset }) => offset)).toEqual([150, 151])
  expect(streams.read('count', 249, 9).map(({ offset }) => offset)).toEqual([249])
  for (let n = 0; n < 10; n++) append('bytes', 19_000)
  expect(streams.bounds('bytes')).toEqual({ first: 7, next: 10 })

  vi.setSystemTime(4_000)
  append('count', 1)
  expect([
    streams.offsetAt('count', 0),
    streams.offsetAt('count', 1),
    streams.offsetAt('count', 4_001),
  ]).toEqual([151, 250, 251])
  vi.setSystemTime(6_000)
  append('count', 1)
  expect(streams.bounds('count')).toEqual({ first: 250, next: 252 })
  // The clock is set back: timestamps still rise.
  vi.setSystemTime(1_000)
  append('count', 1)
  expect(streams.read('count', 252, 1)[0]?.timestamp).toBe(6_000)
  vi.useRealTimers()
  expect([
    streams.append(new Publication('m', { destination: 'none', headers: [], body: new Uint8Array() })),
  ]).toEqual([null])
})

test('empty messages count as well', () => {
  const limits = {
    streams: 9,
    streamsPerPerson: 9,
    streamEntries: 1e6,
    streamBytes: 10_000,
    streamAge: 1e9,
    streamsBytes: 1e9,
  }
  const streams = new MemoryStreams(limits, nobody)
  streams.open('empty')
  const message = { destination: 'empty', headers: [], body: new Uint8Array() }
  for (let n = 0; n < 1_000; n++) streams.append(new Publication('m', message))
  const { first, next } = streams.bounds('empty')
  expect(next - first).toBeLessThan(100)
})

test('all streams together are limited in bytes, at the cost of the largest', () => {
  const limits = {
    streams: 9,
    streamsPerPerson: 9,
    streamEntries: 1e6,
    streamBytes: 10_000,
    streamAge: 1e9,
    streamsBytes: 15_000,
  }
  const streams = new MemoryStreams(limits, nobody)
  const append = (destination: string, count: number): void => {
    streams.open(destination)
    // Each takes 1,000 bytes.
    const message = { destination, headers: [['name', 'value']] as const, body: new Uint8Array(479) }
    for (let n = 0; n < count; n++) streams.append(new Publication('m', message))
  }
  append('small', 2)
  append('large', 10)
  expect(streams.bounds('large')).toEqual({ first: 0, next: 10 })
  append('other', 5)
  expect(['small', 'large', 'other'].map(name => streams.bounds(name).first)).toEqual([0, 2, 0])
})

test('at the limit of bytes, the payer with the most bytes loses the oldest entries', () => {
  const limits = {
    streams: 9,
    streamsPerPerson: 9,
    streamEntries: 1e6,
    streamBytes: 10_000,
    streamAge: 1e9,
    streamsBytes: 15_000,
  }
  const streams = new MemoryStreams(limits, nobody)
  const append = (group: string, destination: string, count: number): void => {
    streams.open(destination, { group, isLocal: false, hasReserve: false })
    // Each takes 1,000 bytes.
    const message = { destination, headers: [['name', 'value']] as const, body: new Uint8Array(479) }
    for (let n = 0; n < count; n++) streams.append(new Publication('m', message))
  }
  append('ada', 'lecture', 7)
  for (let n = 0; n < 5; n++) append('bob', `flood ${n}`, 3)
  expect(streams.bounds('lecture')).toEqual({ first: 0, next: 7 })
})

test('a wildcard subscription does not keep an unused stream alive', async () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] })
  const { connect } = startBroker({}, { limits: { streams: 1, streamAge: 5_000 } })
  const [first, second, all] = [await connect(), await connect(), await connect()]
  all.send('SUBSCRIBE', { id: 'all', destination: '/topic/#' })
  first.send('SUBSCRIBE', { id: 's', destination: '/topic/left', ...stream, receipt: 'opened' })
  await first.receipt('opened')
  first.leave()
  await turn()
  vi.setSystemTime(60_000)
  second.send('SUBSCRIBE', { id: 's', destination: '/topic/new', ...stream, receipt: 'opened' })
  await second.receipt('opened')
  vi.useRealTimers()
})
