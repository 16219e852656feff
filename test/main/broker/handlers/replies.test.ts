import { expect, test, vi } from 'vitest'
import { startBroker } from '../fixture.ts'

test('an answer comes to who asked, and to nobody else', async () => {
  const { connect } = startBroker()
  const [asker, other, server] = [await connect(), await connect(), await connect()]
  server.send('SUBSCRIBE', { id: 's', destination: '/queue/questions' })
  asker.send('SEND', { destination: '/queue/questions', 'reply-to': '/temp-queue/answers' }, '1+1')
  other.send('SEND', { destination: '/queue/questions', 'reply-to': '/temp-queue/answers' }, '2+2')
  await expect.poll(() => server.bodies).toEqual(['1+1', '2+2'])
  const addresses = server.frames.slice(1).map(({ headers }) => headers['reply-to'] ?? '')
  expect(addresses[0]).toMatch(/^\/reply-queue\/[\w-]{22}$/)
  expect(addresses[0]).not.toBe(addresses[1])
  server.send('SEND', { destination: addresses[0] ?? '' }, '2')
  server.send('SEND', { destination: addresses[1] ?? '' }, '4')
  await expect.poll(() => [asker.bodies, other.bodies]).toEqual([['2'], ['4']])
  expect((await asker.waitFor('MESSAGE')).headers).toMatchObject({
    subscription: '/temp-queue/answers',
    destination: '/temp-queue/answers',
  })
})

test('who subscribes gets the answers there, confirmed if they like, and keeps those that came before', async () => {
  const { connect } = startBroker()
  const [asker, server] = [await connect(), await connect()]
  server.send('SUBSCRIBE', { id: 's', destination: '/topic/questions' })
  asker.send('SUBSCRIBE', { id: 'mine', destination: '/temp-queue/a', ack: 'client', 'prefetch-count': '1' })
  asker.send('SEND', { destination: '/topic/questions', 'reply-to': '/temp-queue/a' }, '?')
  const { headers } = await server.waitFor('MESSAGE')
  for (const body of ['1', '2']) server.send('SEND', { destination: headers['reply-to'] ?? '' }, body)
  const first = await asker.waitFor('MESSAGE')
  expect(first.headers.subscription).toBe('mine')
  asker.send('ACK', { id: first.headers.ack ?? '' })
  await expect.poll(() => asker.bodies).toEqual(['1', '2'])
})

test('a SUBSCRIBE takes the place of the subscription that came unasked', async () => {
  const { connect } = startBroker()
  const asker = await connect()
  asker.send('SEND', { destination: '/topic/x', 'reply-to': '/temp-queue/a' })
  asker.send('SUBSCRIBE', { id: 'mine', destination: '/temp-queue/a' })
  for (const body of ['1', '2']) asker.send('SEND', { destination: '/temp-queue/a' }, body)
  await expect.poll(() => asker.bodies).toEqual(['1', '2'])
  expect(asker.frames.slice(1).map(({ headers }) => headers.subscription)).toEqual(['mine', 'mine'])
})

test.each([
  ['1.0', {}],
  ['1.2', { id: '/temp-queue/a' }],
] as const)('it does so in %s with %j, too', async (version, id) => {
  const { connect } = startBroker()
  const asker = await connect({}, version)
  asker.send('SEND', { destination: '/topic/x', 'reply-to': '/temp-queue/a' })
  asker.send('SUBSCRIBE', { ...id, destination: '/temp-queue/a', ack: 'client', receipt: 'mine' })
  await asker.receipt('mine')
  for (const body of ['1', '2']) asker.send('SEND', { destination: '/temp-queue/a' }, body)
  await expect.poll(() => asker.bodies).toEqual(['1', '2'])
})

test('a subscription whose id is the name of a queue for answers stays', async () => {
  const { connect, broker } = startBroker()
  const asker = await connect()
  asker.send('SUBSCRIBE', { id: '/temp-queue/a', destination: '/topic/a' })
  asker.send('SUBSCRIBE', { id: 'mine', destination: '/temp-queue/a', receipt: 'both' })
  await asker.receipt('both')
  broker.publish('/topic/a', { body: 'heard' })
  expect((await asker.waitFor('MESSAGE')).headers.subscription).toBe('/temp-queue/a')
})

test('the application hears of the subscription that comes unasked, and of its end', async () => {
  const told = vi.fn()
  const { connect } = startBroker({
    subscribed: (_, destination) => void told('+', destination),
    unsubscribed: (_, destination) => void told('-', destination),
  })
  const asker = await connect()
  asker.send('SEND', { destination: '/topic/x', 'reply-to': '/temp-queue/a' })
  asker.send('SUBSCRIBE', { id: 'mine', destination: '/temp-queue/a', receipt: 'r' })
  await asker.receipt('r')
  asker.leave()
  expect(told.mock.calls.map(([sign]) => sign as string).join('')).toBe('+-+-')
})

test('an answer to somebody who is gone disturbs nobody', async () => {
  const { connect } = startBroker()
  const [asker, server] = [await connect(), await connect()]
  server.send('SUBSCRIBE', { id: 's', destination: '/topic/questions' })
  asker.send('SEND', { destination: '/topic/questions', 'reply-to': '/temp-queue/a' })
  const { headers } = await server.waitFor('MESSAGE')
  asker.leave()
  server.send('SEND', { destination: headers['reply-to'] ?? '', receipt: 'r' })
  await server.receipt('r')
})

test('who does not take the answers it asked for is closed, not who gives them', async () => {
  const { connect } = startBroker({}, { limits: { ownQueueBytes: 3_000 } })
  const [asker, server] = [await connect(), await connect()]
  server.send('SUBSCRIBE', { id: 's', destination: '/topic/questions' })
  asker.send('SUBSCRIBE', { id: 'mine', destination: '/temp-queue/a', ack: 'client' })
  asker.send('SEND', { destination: '/topic/questions', 'reply-to': '/temp-queue/a' })
  const { headers } = await server.waitFor('MESSAGE')
  const answer = { destination: headers['reply-to'] ?? '' }
  for (const receipt of ['1', '2', '3']) server.send('SEND', { ...answer, receipt }, 'x'.repeat(1_000))
  expect((await asker.waitFor('ERROR')).headers.message).toBe('Too far behind')
  await server.receipt('3')
})

test('the address of another connection can not be read', async () => {
  const peer = await startBroker().connect()
  peer.send('SUBSCRIBE', { id: '1', destination: '/reply-queue/abc' })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Not allowed')
})

test('a connection has so many queues for answers and no more', async () => {
  const { connect } = startBroker({}, { limits: { subscriptions: 3 } })
  const peer = await connect()
  for (let n = 0; n < 5; n++) peer.send('SEND', { destination: `/temp-queue/${n}` })
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too many queues')
})
