import { expect, test } from 'vitest'
import { startBroker } from '../fixture.ts'

const sendMany = '\n'.repeat(3) + 'SEND\ndestination:/topic/a\n\nx\0'.repeat(250)

test('a connection that exceeds its send rate is read more slowly, and loses nothing', async () => {
  const { connect, clock } = startBroker({}, { limits: { sendRate: 100 } })
  const [flood, other] = [await connect({ 'heart-beat': '1000,0' }), await connect()]
  other.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  flood.give(sendMany)
  await expect.poll(() => other.bodies.length).toBe(100)
  expect(flood.paused).toBe(true)
  other.send('SEND', { destination: '/topic/a' }, 'not held up')
  await expect.poll(() => other.bodies.at(-1)).toBe('not held up')
  clock.advance(1_000)
  await expect.poll(() => other.bodies.length).toBe(201)
  // Longer than its heart-beats allow: it was not heard because it was not read.
  clock.advance(1_000)
  await expect.poll(() => other.bodies.length).toBe(251)
  expect([flood.paused, flood.ended]).toEqual([false, null])
})

test('0 means no limit', async () => {
  const { connect } = startBroker({}, { limits: { sendRate: 0 } })
  const peer = await connect()
  peer.send('SUBSCRIBE', { id: 's', destination: '/topic/a' })
  for (let n = 0; n < 20; n++) peer.give(sendMany)
  await expect.poll(() => peer.bodies.length).toBe(5_000)
})
