import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startBroker, turn, type Fixture } from '../fixture.ts'
import { ArrayHistory, numbers, RemoteHistory } from '../history.ts'
import { startListening } from '../listening.ts'
import type { MemoryPeer } from '../memory-peer.ts'
import { connectStompjs, headersOf, subscribeStompjs } from '../stompjs.ts'

const room = '/topic/room.a'

const startWithHistory = (
  length: number,
): Fixture & { history: ArrayHistory; publish: (body: string) => void } => {
  const history = new ArrayHistory(room, numbers(0, length))
  const fixture = startBroker({}, { streams: history })
  return {
    ...fixture,
    history,
    publish: body => fixture.broker.publish(room, { body, offset: history.append(body) }),
  }
}

const read = (peer: MemoryPeer, start: string, id = 's'): void =>
  peer.send('SUBSCRIBE', { id, destination: room, 'x-stream-offset': start })

test.each([
  ['first', numbers(0, 10)],
  ['last', ['9']],
  ['next', []],
  ['offset=7', ['7', '8', '9']],
  ['offset=0', numbers(0, 10)],
  ['offset=99', []],
  ['timestamp=8', ['8', '9']],
  ['timestamp=99', []],
])('x-stream-offset:%s', async (start, expected) => {
  const { connect, publish } = startWithHistory(10)
  const peer = await connect()
  read(peer, start)
  publish('live')
  await expect.poll(() => peer.bodies).toEqual([...expected, 'live'])
  const messages = peer.frames.slice(1)
  expect(messages.map(({ headers }) => headers['x-stream-offset'])).toEqual([...expected, '10'])
  expect(messages[0]?.headers).toMatchObject({ subscription: 's', destination: room })
})

test.each(['5', 'offset=', 'offset=-1', 'timestamp=now', ''])(
  'x-stream-offset:%s is refused',
  async start => {
    const { connect } = startWithHistory(10)
    const peer = await connect()
    read(peer, start)
    expect((await peer.waitFor('ERROR')).headers.message).toBe('Bad x-stream-offset')
  },
)

test('without a history it is an ordinary subscription', async () => {
  const { connect, broker } = startWithHistory(3)
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/other', 'x-stream-offset': 'first' })
  broker.publish('/topic/other', { body: 'live' })
  await expect.poll(() => peer.bodies).toEqual(['live'])
})

test('switches to live messages without a gap, an overlap or a reordering, whenever messages arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('store', 'publish', 'turn', 'read'), { minLength: 20, maxLength: 200 }),
      fc.nat(150),
      async (steps, length) => {
        const { connect, broker, history } = startWithHistory(length)
        const peer = await connect()
        const stored: number[] = []
        const published = (): void => {
          const offset = stored.shift()
          if (offset !== undefined) broker.publish(room, { body: String(offset), offset })
        }
        let subscriptions = 0
        for (const step of steps) {
          if (step === 'store') stored.push(history.append(String(history.bounds().next)))
          if (step === 'publish') published()
          if (step === 'turn') await turn()
          if (step === 'read' && subscriptions < 3) read(peer, 'first', `s${++subscriptions}`)
        }
        while (stored.length > 0) published()
        const all = history.entries.map(({ offset }) => String(offset))
        const bodiesOf = (id: string): string[] =>
          peer.frames.filter(({ headers }) => headers.subscription === id).map(({ body }) => body)
        for (let n = 1; n <= subscriptions; n++)
          await expect.poll(() => bodiesOf(`s${n}`), { interval: 1 }).toEqual(all)
      },
    ),
    { numRuns: 60 },
  )
})

const startWithRemote = (length: number) => {
  const history = new ArrayHistory(room, numbers(0, length))
  const remote = new RemoteHistory(history)
  const fixture = startBroker({}, { streams: remote })
  const publish = (): void => {
    const body = String(history.bounds().next)
    fixture.broker.publish(room, { body, offset: history.append(body) })
  }
  /** Answers until there are no more questions. */
  const answerAll = async (): Promise<void> => {
    for (let idle = 0; idle < 3; idle++) {
      if (remote.asked > 0) idle = 0
      remote.answer()
      await turn()
    }
  }
  return { ...fixture, history, remote, publish, answerAll }
}

test('switches to live messages without a gap when the store answers late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('publish', 'turn', 'answer', 'read'), { minLength: 20, maxLength: 200 }),
      fc.nat(150),
      async (steps, length) => {
        const { connect, history, remote, publish, answerAll } = startWithRemote(length)
        const peer = await connect()
        let subscriptions = 0
        for (const step of steps) {
          if (step === 'publish') publish()
          if (step === 'turn') await turn()
          if (step === 'answer') remote.answer()
          if (step === 'read' && subscriptions < 3) read(peer, 'first', `s${++subscriptions}`)
        }
        await answerAll()
        publish()
        await turn()
        const all = history.entries.map(({ offset }) => String(offset))
        for (let n = 1; n <= subscriptions; n++) {
          const heard = peer.frames.filter(({ headers }) => headers.subscription === `s${n}`)
          expect(heard.map(({ body }) => body)).toEqual(all)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test.each(['next', 'offset=99', 'timestamp=99', 'last'])(
  'a message that is published before a slow store has answered %s is not lost',
  async start => {
    const { connect, history, publish, answerAll } = startWithRemote(10)
    const peer = await connect()
    read(peer, start)
    publish()
    publish()
    await answerAll()
    publish()
    await turn()
    expect(peer.bodies).toEqual(numbers(start === 'last' ? 9 : 10, history.bounds().next))
  },
)

test('switches to live messages while more are published than a slow store has read', async () => {
  const { connect, history, remote, publish } = startWithRemote(100)
  const peer = await connect()
  read(peer, 'first')
  for (let turns = 0; turns < 40; turns++) {
    for (let n = 0; n < 10; n++) publish()
    remote.answer()
    await turn()
  }
  // No more reads: it is live.
  expect(remote.asked).toBe(0)
  expect(peer.bodies).toEqual(numbers(0, history.bounds().next))
})

test('reads again when more is published during a read than is held', async () => {
  const { connect, broker, history, answerAll } = startWithRemote(1)
  const peer = await connect()
  read(peer, 'first')
  const body = 'x'.repeat(100_000)
  for (let n = 0; n < 9; n++) broker.publish(room, { body, offset: history.append(body) })
  await answerAll()
  broker.publish(room, { body: 'live', offset: history.append('live') })
  await turn()
  expect(peer.bodies).toEqual(['0', ...Array<string>(9).fill(body), 'live'])
})

test('a reader that leaves before the store has answered leaves no listener behind', async () => {
  const { connect, broker, answerAll } = startWithRemote(100)
  const peer = await connect()
  read(peer, 'first')
  await turn()
  peer.leave()
  expect(broker.hasListeners(room)).toBe(false)
  await answerAll()
  expect(broker.hasListeners(room)).toBe(false)
})

test('a reader that is closed by the held messages leaves no listener behind', async () => {
  const { connect, broker, remote, publish, answerAll } = startWithRemote(0)
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: room, ack: 'client', 'x-stream-offset': 'first' })
  // The start offset; the first read follows.
  remote.answer()
  await expect.poll(() => remote.asked, { interval: 1 }).toBe(1)
  // More than a subscription may leave unacknowledged.
  for (let n = 0; n < 12_000; n++) publish()
  await answerAll()
  expect(peer.frames.at(-1)?.headers.message).toBe('Too far behind')
  expect(broker.hasListeners(room)).toBe(false)
})

test('a store that fails closes the reader’s connection and no other', async () => {
  const history = new ArrayHistory(room, numbers(0, 10))
  const failing = { read: () => Promise.reject(new Error('the disk is gone')) }
  const { connect, broker } = startBroker({}, { streams: Object.assign(history, failing) })
  const [reader, listener] = [await connect(), await connect()]
  listener.send('SUBSCRIBE', { id: 's', destination: room })
  read(reader, 'first')
  expect((await reader.waitFor('ERROR')).headers.message).toBe('Internal error')
  broker.publish(room, { body: 'live', offset: 10 })
  await expect.poll(() => listener.bodies).toEqual(['live'])
})

test('waits for a reader that does not read, and others get their messages meanwhile', async () => {
  const { connect, broker, history } = startWithHistory(20_000)
  const [slow, quick] = [await connect(), await connect()]
  quick.send('SUBSCRIBE', { id: 'q', destination: '/topic/b' })
  slow.stall()
  read(slow, 'first')
  for (let n = 0; n < 50; n++) {
    broker.publish('/topic/b', { body: String(n) })
    await expect.poll(() => quick.bodies.length, { interval: 1 }).toBe(n + 1)
  }
  expect(slow.backlog).toBeLessThan(512 * 1024)
  expect(history.reads).toBeLessThan(50)
  slow.takeAll()
  await expect.poll(() => slow.bodies.length).toBe(20_000)
  expect(slow.ended).toBeNull()
})

test('what others say leaves in the turn in which it is said, and each turn of a replay is short', async () => {
  const { connect, broker, history } = startWithHistory(100_000)
  const [reader, listener] = [await connect(), await connect()]
  listener.send('SUBSCRIBE', { id: 'q', destination: '/topic/b' })
  read(reader, 'first')
  for (let n = 1; n <= 300; n++) {
    broker.publish('/topic/b', { body: String(n) })
    await turn()
    expect(listener.bodies.length).toBe(n)
    // A read is of 64 entries.
    expect(history.reads).toBeLessThanOrEqual(n + 1)
  }
  expect(reader.bodies.length).toBeGreaterThan(15_000)
})

test('catches up with those who say more in one turn than it is otherwise sent', async () => {
  const { connect, history, publish } = startWithHistory(2_000)
  const peer = await connect()
  read(peer, 'first')
  for (let turns = 0; turns < 60; turns++) {
    for (let n = 0; n < 100; n++) publish(String(history.bounds().next))
    await turn()
  }
  // It is live: what is published now is there in the same turn.
  expect(peer.bodies).toEqual(numbers(0, 8_000))
})

test('ends with its subscription', async () => {
  const { connect, publish } = startWithHistory(1_000)
  const peer = await connect()
  peer.stall()
  read(peer, 'first')
  peer.send('UNSUBSCRIBE', { id: 's', receipt: 'gone' })
  publish('live')
  peer.takeAll()
  await peer.receipt('gone')
  read(peer, 'offset=1000')
  await expect.poll(() => peer.bodies.at(-1)).toBe('live')
  expect(peer.bodies.length).toBeLessThan(100)
})

test('goes on where the oldest entries were dropped meanwhile', async () => {
  const { connect, history } = startWithHistory(500)
  const peer = await connect()
  peer.stall()
  read(peer, 'first')
  history.entries.splice(0, 400)
  peer.takeAll()
  await expect.poll(() => peer.bodies.at(-1)).toBe('499')
  expect(peer.bodies.slice(-100)).toEqual(numbers(400, 500))
})

test('a replay of 100,000 messages does not hold up what others say', async () => {
  const length = 100_000
  const { url } = await startListening({}, { streams: new ArrayHistory(room, numbers(0, length)) })
  const [reader, talker] = [await connectStompjs(url), await connectStompjs(url)]
  const live = await subscribeStompjs(talker, '/topic/live')
  let replayed = 0
  reader.subscribe(room, () => replayed++, headersOf({ id: 's', 'x-stream-offset': 'first' }))
  await expect.poll(() => replayed, { interval: 1 }).toBeGreaterThan(0)
  // Each is said only when the one before has come; all of them come in the midst of the replay.
  for (let n = 1; n <= 20; n++) {
    talker.publish({ destination: '/topic/live', body: String(n) })
    await expect.poll(() => live.length, { interval: 1 }).toBe(n)
  }
  expect(replayed).toBeLessThan(length)
  await expect.poll(() => replayed).toBe(length)
  await Promise.all([reader.deactivate(), talker.deactivate()])
})
