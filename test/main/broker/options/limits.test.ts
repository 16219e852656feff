import { expect, test } from 'vitest'
import { activeLimits, defaultLimits } from '../../../../main/broker/options/limits.ts'
import { ConnectionQuota } from '../../../../main/broker/quotas/connection-quota.ts'
import { startBroker } from '../fixture.ts'

test('the defaults', () => {
  expect(defaultLimits).toMatchObject({
    connections: 256,
    connectionsPerAddress: 64,
    connectionsPerLoopback: 0,
    connectTimeout: 5_000,
    frameBytesBeforeConnect: 16_384,
    frameBytes: 262_144,
    headers: 32,
    headerBytes: 4_096,
    headerNameLength: 64,
    subscriptions: 200,
    sendRate: 1_000,
    backlogBytes: 1_048_576,
    backlogAge: 10_000,
  })
})

test('0 is no limit, for each of them', () => {
  for (const name of Object.keys(defaultLimits)) {
    const active = Object.entries(activeLimits({ [name]: 0 }))
    const lifted = active.filter(([, limit]) => limit === Infinity).map(([lifted]) => lifted)
    if (name === 'heartBeat') expect(active).toContainEqual(['heartBeat', 0])
    else expect(new Set(lifted)).toEqual(new Set([name, 'connectionsPerLoopback']))
  }
})

test('a broker without limits serves', async () => {
  const none = Object.fromEntries(Object.keys(defaultLimits).map(name => [name, 0]))
  const { connect, clock } = startBroker({}, { limits: none })
  const peer = await connect()
  clock.advance(60_000)
  peer.send('SUBSCRIBE', { id: '1', destination: '/queue/a', ack: 'client' })
  peer.send('SUBSCRIBE', {
    id: '2',
    destination: '/topic/a',
    'x-queue-type': 'stream',
    'x-stream-offset': 'first',
  })
  peer.send('SEND', { destination: '/queue/a' }, 'x'.repeat(1_000_000))
  peer.send('SEND', { destination: '/topic/a', receipt: 'r' }, 'x')
  await peer.receipt('r')
  await expect.poll(() => peer.bodies.map(({ length }) => length).sort()).toEqual([1, 1_000_000])
  expect(peer.ended).toBeNull()
})

const lan = { address: '10.0.0.7', loopback: false }
const own = { address: '127.0.0.1', loopback: true }

test('the network cannot use up this computer’s connections, nor one address all of them', () => {
  const quota = new ConnectionQuota(activeLimits({ connections: 20, connectionsPerAddress: 16 }))
  const taken = (count: number, from: typeof lan): unknown[] =>
    Array.from({ length: count }, () => quota.take(from))
  expect(taken(17, lan)).toEqual([...Array<null>(16).fill(null), 'address'])
  expect(taken(4, { ...lan, address: '10.0.0.8' })).toEqual([null, null, null, 'broker'])
  expect(taken(21, own)).toEqual([...Array<null>(20).fill(null), 'broker'])
  for (let count = 0; count < 21; count++) quota.leave(own)
  expect(quota.take(own)).toBeNull()
})

test('an IPv6 network counts as one address', () => {
  const quota = new ConnectionQuota(activeLimits({ connectionsPerAddress: 2 }))
  const from = (address: string): unknown => quota.take({ address, loopback: false })
  expect(['2001:db8::1', '2001:db8::2', '2001:db8:0:0:3::', '2001:db8:0:1::1'].map(from)).toEqual([
    null,
    null,
    'address',
    null,
  ])
  for (const address of ['2001:db8::1', '2001:db8::2']) quota.leave({ address, loopback: false })
  expect(from('2001:db8::4')).toBeNull()
})

test('the addresses of this computer have a limit of their own', () => {
  const quota = new ConnectionQuota(activeLimits({ connectionsPerLoopback: 1 }))
  expect([quota.take(own), quota.take(own), quota.take({ ...own, address: '::1' })]).toEqual([
    null,
    'address',
    null,
  ])
})

test('what waits for its ACK counts, and counts no more when it is confirmed or nobody waits for it', async () => {
  const { connect } = startBroker({}, { limits: { ownQueueBytes: 3_500 } })
  const peer = await connect()
  const subscribe = (id: string): void =>
    peer.send('SUBSCRIBE', { id, destination: '/topic/a', ack: 'client' })
  const send = (count: number): void => {
    for (let n = 0; n < count; n++) peer.send('SEND', { destination: '/topic/a' }, 'x'.repeat(1_000))
  }
  subscribe('1')
  send(2)
  await expect.poll(() => peer.bodies.length).toBe(2)
  peer.send('ACK', { id: peer.frames.at(-1)?.headers.ack ?? '' })
  send(2)
  peer.send('UNSUBSCRIBE', { id: '1' })
  subscribe('2')
  send(2)
  await expect.poll(() => peer.bodies.length).toBe(6)
  expect(peer.ended).toBeNull()
  send(1)
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too far behind')
})
