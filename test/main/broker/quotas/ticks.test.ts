import { expect, test } from 'vitest'
import { startBroker, turn } from '../fixture.ts'

const slowSend = 'SEND\ndestination:/app/slow\n\n\0'

/** A broker that takes `milliseconds` for each SEND, and counts them by login. */
const slowBroker = (milliseconds: number, limits: { sendRate?: number } = {}) => {
  const handled: Record<string, number> = {}
  const { clock, connect } = startBroker(
    {
      handleSend: ({ principal }) => {
        handled[principal.name] = (handled[principal.name] ?? 0) + 1
        clock.advance(milliseconds)
      },
    },
    { limits },
  )
  const all = () => Object.values(handled).reduce((sum, count) => sum + count, 0)
  const connectAll = (logins: string[]) => Promise.all(logins.map(login => connect({ login })))
  return { clock, connect, connectAll, handled, all }
}

test('expensive frames let other connections run in between, however many of them arrive at once', async () => {
  const asked: string[] = []
  const { connect, clock } = startBroker({
    handleSubscribe: (client, destination) => {
      asked.push(`${client.principal.name} ${destination}`)
      clock.advance(3)
      return []
    },
  })
  const [flood, other] = [await connect({ login: 'flood' }), await connect({ login: 'other' })]
  const frames = Array.from({ length: 50 }, (_, n) => `SUBSCRIBE\nid:${n}\ndestination:/app/slow\n\n\0`)
  flood.give(frames.join(''))
  expect(asked).toHaveLength(2)
  other.send('SUBSCRIBE', { id: 'a', destination: '/app/quick' })
  await turn()
  await turn()
  expect(asked.indexOf('other /app/quick')).toBeGreaterThan(0)
  expect(asked.length).toBeLessThan(10)
  await expect.poll(() => asked.length).toBe(51)
})

test('heavy connections run one after another, and no time is wasted', async () => {
  const { connectAll, handled, all } = slowBroker(10)
  const floods = await connectAll(['a', 'b', 'c'])
  for (const flood of floods) flood.give(slowSend.repeat(20))
  expect(all()).toBe(1)
  for (let turns = 1; turns <= 30; turns++) {
    await turn()
    expect(all()).toBeLessThanOrEqual(1 + turns)
  }
  expect(all()).toBeGreaterThanOrEqual(29)
  expect(Math.max(...Object.values(handled)) - Math.min(...Object.values(handled))).toBeLessThanOrEqual(1)
  await expect.poll(all).toBe(60)
})

test('a tick starts with everything that has arrived, in whatever pieces', async () => {
  const { connectAll, handled } = slowBroker(1)
  const [flood, other] = await connectAll(['flood', 'other'])
  flood?.give(slowSend.repeat(100))
  for (let n = 0; n < 3; n++) other?.give(slowSend)
  expect([handled.other, other?.paused]).toEqual([undefined, false])
  await turn()
  await turn()
  await turn()
  expect(handled.other).toBe(3)
})

test('a waiting connection that keeps sending is not read for now', async () => {
  const { connect, all } = slowBroker(10)
  const peer = await connect()
  peer.give(slowSend.repeat(10))
  expect([all(), peer.paused]).toEqual([1, false])
  peer.give(slowSend.repeat(600))
  expect(peer.paused).toBe(true)
  await expect.poll(all).toBe(610)
  expect(peer.paused).toBe(false)
})

test('the transport’s work counts for the tick, even if it completes no frame', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.give('\n', 6)
  expect(peer.paused).toBe(false)
  peer.give('\n', 6)
  expect(peer.paused).toBe(true)
  await expect.poll(() => peer.paused).toBe(false)
})

test('a light connection does not wait for heavy ones', async () => {
  const { clock, connect, connectAll, handled } = slowBroker(10)
  const quiet = await connect({ login: 'quiet' })
  clock.advance(10_000)
  const floods = await connectAll(['a', 'b', 'c'])
  for (const flood of floods) flood.give(slowSend.repeat(20))
  quiet.give(slowSend.repeat(20))
  for (let turns = 0; turns < 12; turns++) await turn()
  expect(handled.quiet).toBeGreaterThan(8)
  expect(handled.a).toBeLessThan(7)
})

test('heavy connections do not all run at once when time goes on', async () => {
  const { clock, connectAll, all } = slowBroker(10, { sendRate: 1 })
  for (const flood of await connectAll(['a', 'b', 'c', 'd', 'e'])) flood.give(slowSend.repeat(2))
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(all()).toBe(5)
  clock.advance(1_000)
  expect(all()).toBeLessThan(8)
  await expect.poll(all).toBe(10)
})
