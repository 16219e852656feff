import { expect, test, vi } from 'vitest'
import { RefusedError, type Client } from '../../../../main/broker/options/hooks.ts'
import { startBroker } from '../fixture.ts'

test('the RECEIPT of a SEND to /app/ follows when the application is done', async () => {
  let finish = (): void => undefined
  const { connect } = startBroker({
    handleSend: (_, { destination, headers, body }) => {
      expect([destination, headers.get('x'), Buffer.from(body).toString()]).toEqual(['/app/do', 'y', 'body'])
      return new Promise<void>(resolve => (finish = resolve))
    },
  })
  const peer = await connect()
  peer.send('SEND', { destination: '/app/do', receipt: 'app', x: 'y' }, 'body')
  peer.send('SEND', { destination: '/topic/a', receipt: 'topic' })
  await peer.receipt('topic')
  expect(peer.frames.filter(({ command }) => command === 'RECEIPT')).toHaveLength(1)
  finish()
  await peer.receipt('app')
})

test('a refusal goes to /user/queue/errors if the peer subscribes there, otherwise it is an ERROR', async () => {
  const refusal = { message: 'No such room', detail: 'Room 7 is gone.', headers: { code: 'not-found' } }
  const { connect } = startBroker({
    handleSend: () => Promise.reject(new RefusedError(refusal)),
    refuseSubscribe: (_, destination) => (destination === '/topic/secret' ? refusal : null),
    refuseSend: (_, destination) => (destination === '/topic/secret' ? refusal : null),
  })
  const [listening, deaf] = [await connect(), await connect()]
  listening.send('SUBSCRIBE', { id: 'e', destination: '/user/queue/errors' })
  listening.send('SEND', { destination: '/app/x', receipt: 'r-1' })
  listening.send('SEND', { destination: '/topic/secret', receipt: 'r-2' })
  listening.send('SUBSCRIBE', { id: 's', destination: '/topic/secret', receipt: 'r-3' })
  await expect.poll(() => listening.bodies.length).toBe(3)
  const told = listening.frames.slice(1)
  expect(told.map(({ headers }) => headers['receipt-id']).sort()).toEqual(['r-1', 'r-2', 'r-3'])
  expect(told[0]).toMatchObject({
    headers: {
      subscription: 'e',
      destination: '/user/queue/errors',
      message: 'No such room',
      code: 'not-found',
    },
    body: 'Room 7 is gone.',
  })
  expect(listening.ended).toBeNull()

  deaf.send('SEND', { destination: '/app/x', receipt: 'r-4' })
  expect((await deaf.waitFor('ERROR')).headers).toMatchObject({
    message: 'No such room',
    'receipt-id': 'r-4',
    code: 'not-found',
  })
})

test('a failure of the application is reported without details, and logged with them', async () => {
  const error = vi.fn()
  const { connect } = startBroker(
    { handleSend: () => Promise.reject(new Error('SQLITE_SECRET')) },
    { log: { info: () => undefined, error } },
  )
  const peer = await connect()
  peer.send('SEND', { destination: '/app/x' })
  const frame = await peer.waitFor('ERROR')
  expect(JSON.stringify(frame)).not.toContain('SQLITE')
  expect(JSON.stringify(error.mock.calls)).toContain('SQLITE_SECRET')
})

test('SUBSCRIBE to /app/ is answered once, under its id', async () => {
  const { connect } = startBroker({
    handleSubscribe: (client, destination) =>
      Promise.resolve([
        { body: `${client.principal.name} ${destination}`, headers: { 'content-type': 'text/plain' } },
      ]),
  })
  const peer = await connect({ login: 'Ada' })
  peer.send('SUBSCRIBE', { id: 'q', destination: '/app/rooms', receipt: 'r' })
  await peer.receipt('r')
  expect(peer.frames.slice(1)).toMatchObject([
    {
      headers: { subscription: 'q', destination: '/app/rooms', 'content-type': 'text/plain' },
      body: 'Ada /app/rooms',
    },
    { command: 'RECEIPT' },
  ])
  peer.send('UNSUBSCRIBE', { id: 'q', receipt: 'gone' })
  await peer.receipt('gone')
})

test('a refused SUBSCRIBE to /app/ leaves its id free', async () => {
  const handleSubscribe = vi
    .fn()
    .mockRejectedValueOnce(new RefusedError({ message: 'Not yet' }))
    .mockResolvedValueOnce([])
  const { connect } = startBroker({ handleSubscribe })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'e', destination: '/user/queue/errors' })
  peer.send('SUBSCRIBE', { id: 'q', destination: '/app/rooms' })
  await peer.waitFor('MESSAGE')
  peer.send('SUBSCRIBE', { id: 'q', destination: '/app/rooms', receipt: 'again' })
  await peer.receipt('again')
})

test('a late refusal of a SUBSCRIBE to /app/ does not affect the new owner of its id', async () => {
  let refuse = (_: Error): void => undefined
  const unsubscribed = vi.fn()
  const { connect, broker } = startBroker({
    handleSubscribe: () => new Promise((_, reject) => (refuse = reject)),
    unsubscribed: (_, destination) => void unsubscribed(destination),
  })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'e', destination: '/user/queue/errors' })
  peer.send('SUBSCRIBE', { id: 'q', destination: '/app/rooms' })
  peer.send('UNSUBSCRIBE', { id: 'q' })
  peer.send('SUBSCRIBE', { id: 'q', destination: '/topic/a' })
  refuse(new RefusedError({ message: 'Not yet' }))
  await peer.waitFor('MESSAGE')
  peer.send('UNSUBSCRIBE', { id: 'q', receipt: 'gone' })
  await peer.receipt('gone')
  expect(broker.hasListeners('/topic/a')).toBe(false)
  expect(unsubscribed.mock.calls).toEqual([['/app/rooms'], ['/topic/a']])
})

test('the application is told that a SUBSCRIBE it refused has ended', async () => {
  const told = vi.fn()
  const { connect } = startBroker({
    handleSubscribe: () => Promise.reject(new RefusedError({ message: 'No' })),
    subscribed: (_, destination) => void told('+', destination),
    unsubscribed: (_, destination) => void told('-', destination),
  })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 'q', destination: '/app/rooms' })
  await peer.waitFor('ERROR')
  expect(told.mock.calls).toEqual([
    ['+', '/app/rooms'],
    ['-', '/app/rooms'],
  ])
})

test('an application can write to one client, and close one', async () => {
  const clients: Client[] = []
  const { connect } = startBroker({ connected: client => clients.push(client) })
  const [ada, ben] = [await connect({ login: 'Ada' }), await connect({ login: 'Ben' })]
  ada.send('SUBSCRIBE', { id: 'n', destination: '/user/queue/notes' })
  const [first, second] = clients
  expect(first?.sendToUser('/user/queue/notes', { body: 'psst' })).toBe(true)
  expect(second?.sendToUser('/user/queue/notes', { body: 'psst' })).toBe(false)
  await expect.poll(() => ada.bodies).toEqual(['psst'])
  second?.close({ message: 'Banned' })
  expect((await ben.waitFor('ERROR')).headers.message).toBe('Banned')
  expect(ada.ended).toBeNull()
})

test('a peer that sends faster than the application works is not read meanwhile', async () => {
  const waiting: (() => void)[] = []
  const { connect } = startBroker(
    { handleSend: () => new Promise<void>(resolve => waiting.push(resolve)) },
    { limits: { pendingFrames: 3 } },
  )
  const peer = await connect()
  for (let n = 1; n <= 5; n++) peer.send('SEND', { destination: '/app/x', receipt: String(n) })
  expect([waiting.length, peer.paused]).toEqual([3, true])
  waiting[0]?.()
  await expect.poll(() => waiting.length).toBe(4)
  for (let n = 1; n < 5; n++) waiting[n]?.()
  await expect.poll(() => waiting.length).toBe(5)
  waiting[4]?.()
  await peer.receipt('5')
  expect(peer.paused).toBe(false)
})

test('nor is a peer that sends too much at once', async () => {
  const waiting: (() => void)[] = []
  const { connect } = startBroker(
    { handleSend: () => new Promise<void>(resolve => waiting.push(resolve)) },
    { limits: { pendingBytes: 4_000 } },
  )
  const peer = await connect()
  for (let n = 1; n <= 5; n++)
    peer.send('SEND', { destination: '/app/x', receipt: String(n) }, 'x'.repeat(1_000))
  expect([waiting.length, peer.paused]).toEqual([3, true])
  for (let n = 0; n < 5; n++) {
    await expect.poll(() => waiting.length).toBeGreaterThan(n)
    waiting[n]?.()
  }
  await peer.receipt('5')
  expect(peer.paused).toBe(false)
})

test('the application is told once that a client has disconnected', async () => {
  const disconnected = vi.fn()
  const { connect } = startBroker({ disconnected })
  const peer = await connect({ login: 'Ada' })
  peer.send('NONSENSE')
  await peer.waitFor('ERROR')
  peer.leave()
  expect(disconnected.mock.calls).toMatchObject([[{ principal: { name: 'Ada' } }]])
})

const beginSequential = async () => {
  const handled: string[] = []
  const waiting: (() => void)[] = []
  const { connect, broker } = startBroker({
    isSequential: destination => destination === '/app/slow',
    handleSend: (_client, { destination }) => {
      handled.push(destination)
      return destination === '/app/slow' ? new Promise<void>(resolve => waiting.push(resolve)) : undefined
    },
  })
  return { peer: await connect(), handled, waiting, broker }
}

test('frames wait for an earlier sequential SEND, whatever its result', async () => {
  const { peer, handled, waiting, broker } = await beginSequential()
  peer.send('SEND', { destination: '/app/slow' })
  peer.send('SUBSCRIBE', { id: 'a', destination: '/topic/a' })
  peer.send('SEND', { destination: '/app/quick', receipt: 'done' })
  expect([handled, peer.paused, broker.hasListeners('/topic/a')]).toEqual([['/app/slow'], true, false])
  waiting[0]?.()
  await peer.receipt('done')
  expect([handled, peer.paused, broker.hasListeners('/topic/a')]).toEqual([
    ['/app/slow', '/app/quick'],
    false,
    true,
  ])
})

test('so do the frames of a transaction, and those after its COMMIT', async () => {
  const { peer, handled, waiting } = await beginSequential()
  peer.send('BEGIN', { transaction: 't' })
  for (const name of ['quick', 'slow', 'next'])
    peer.send('SEND', { destination: `/app/${name}`, transaction: 't' })
  peer.send('COMMIT', { transaction: 't', receipt: 'committed' })
  peer.send('SEND', { destination: '/app/last', receipt: 'done' })
  await expect.poll(() => waiting.length).toBe(1)
  expect(handled).toEqual(['/app/quick', '/app/slow'])
  waiting[0]?.()
  await peer.receipt('committed')
  await peer.receipt('done')
  expect(handled).toEqual(['/app/quick', '/app/slow', '/app/next', '/app/last'])
})
