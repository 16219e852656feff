import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { listenWs } from '../../../../main/broker/transport/listen-ws.ts'
import type { Transport } from '../../../../main/broker/transport/transport.ts'
import { ManualClock, startBroker, turn } from '../fixture.ts'

test('CONNECTED contains the heart-beats that the broker offers', async () => {
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

test('frames count as signs of life', async () => {
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

test('0,0 and no header: no heart-beats, and silence does not close the connection', async () => {
  const { connect, clock } = startBroker()
  const peers = [await connect({ 'heart-beat': '0,0' }), await connect()]
  clock.advance(3_600_000)
  await turn()
  expect(peers.map(({ heartBeats, ended }) => [heartBeats, ended])).toEqual([
    [0, null],
    [0, null],
  ])
})

test('a silent peer is pinged once an interval, and stays connected while it answers', async () => {
  const { connect, clock } = startBroker()
  const peer = await connect({ 'heart-beat': '10000,0' })
  for (let asked = 1; asked <= 10; asked++) {
    clock.advance(12_000)
    expect([peer.pings, peer.ended]).toEqual([asked, null])
    peer.give('')
  }
  clock.advance(25_000)
  expect([peer.pings, peer.ended]).toEqual([11, 'cut'])
})

test('a peer that sends its heart-beats, or promised none, is not pinged', async () => {
  const { connect, clock } = startBroker()
  const [punctual, free] = [await connect({ 'heart-beat': '10000,0' }), await connect()]
  for (let n = 0; n < 10; n++) {
    clock.advance(9_000)
    punctual.give('\n')
  }
  expect([punctual.pings, free.pings]).toEqual([0, 0])
})

test('a peer that promised heart-beats is cut after two silent intervals', async () => {
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

test('a WebSocket with a sleeping program is not cut, because its pongs are signs of life', async () => {
  const clock = new ManualClock()
  const { broker } = startBroker({}, { clock })
  let heard = 0
  const accept = (transport: Transport): void => {
    const start = transport.start.bind(transport)
    transport.start = events => {
      start({
        heard: spent => {
          heard++
          events.heard(spent)
        },
        data: chunk => events.data(chunk),
        broken: (reason, code) => events.broken(reason, code),
        drained: () => events.drained(),
        closed: () => events.closed(),
      })
    }
    broker.accept(transport)
  }
  const { serverName, limits, log } = broker
  const acceptor = { serverName, limits, log, accept }
  const listening = await listenWs({ broker: acceptor, bind: '127.0.0.1', port: 0 })
  const page = new WebSocket(`ws://127.0.0.1:${listening.port}/`)
  onTestFinished(async () => {
    page.terminate()
    await listening.close()
  })
  await once(page, 'open')
  page.send('CONNECT\naccept-version:1.2\nheart-beat:10000,0\nhost:x\n\n\0')
  await once(page, 'message')
  for (let minutes = 0; minutes < 5; minutes++) {
    const before = heard
    clock.advance(12_000)
    await expect.poll(() => heard, { interval: 5 }).toBeGreaterThan(before)
  }
  expect(page.readyState).toBe(WebSocket.OPEN)
  // No pong can come in between.
  clock.advance(25_000)
  await once(page, 'close')
})
