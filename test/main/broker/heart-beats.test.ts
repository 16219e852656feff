import { expect, test } from 'vitest'
import { startBroker, turn } from './fixture.ts'

test('CONNECTED tells what the broker offers', async () => {
  const peer = await startBroker({}, { limits: { heartBeat: 7_000 } }).connect()
  expect(peer.frames[0]?.headers['heart-beat']).toBe('7000,7000')
})

test.each([
  ['0,10000', 10_000],
  ['0,1000', 10_000],
  ['0,30000', 30_000],
])('heart-beat:%s: never more than %i ms without a sign of life', async (heartBeat, interval) => {
  const { connect, clock } = startBroker()
  const peer = await connect({ 'heart-beat': heartBeat })
  let [last, longest, silent] = [0, 0, 0]
  for (let second = 0; second < 100; second++) {
    clock.advance(1_000)
    await turn()
    silent = peer.heartBeats > last ? 0 : silent + 1_000
    last = peer.heartBeats
    longest = Math.max(longest, silent)
  }
  expect(longest).toBeLessThan(interval)
  expect(last).toBeGreaterThanOrEqual(Math.floor(100_000 / interval))
  expect(last).toBeLessThanOrEqual(Math.ceil(100_000 / (interval - 2_000)))
  expect(peer.ended).toBeNull()
})

test('frames are signs of life too', async () => {
  const { connect, clock, broker } = startBroker()
  const peer = await connect({ 'heart-beat': '0,10000' })
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  for (let second = 0; second < 30; second++) {
    broker.publish('/topic/a', { body: 'x' })
    await turn()
    clock.advance(1_000)
  }
  expect(peer.heartBeats).toBe(0)
})

test('0,0 and none at all: no heart-beats, and no end for silence', async () => {
  const { connect, clock } = startBroker()
  const peers = [await connect({ 'heart-beat': '0,0' }), await connect()]
  clock.advance(3_600_000)
  await turn()
  expect(peers.map(({ heartBeats, ended }) => [heartBeats, ended])).toEqual([
    [0, null],
    [0, null],
  ])
})

test('who promised heart-beats and is silent for two intervals is cut', async () => {
  const { connect, clock, broker } = startBroker()
  const peer = await connect({ 'heart-beat': '10000,0' })
  for (let n = 0; n < 5; n++) {
    clock.advance(15_000)
    peer.give('\n')
  }
  expect(peer.ended).toBeNull()
  clock.advance(22_000)
  expect(peer.ended).toBe('cut')
  expect(broker.clients()).toEqual([])
})
