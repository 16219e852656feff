import { expect, test } from 'vitest'
import { startBroker, turn } from './fixture.ts'

test('frames that take long leave others their turn, however many of them come at once', async () => {
  const asked: string[] = []
  const { connect, clock } = startBroker({
    handleSubscribe: (client, destination) => {
      asked.push(`${client.principal.name} ${destination}`)
      clock.advance(5)
      return []
    },
  })
  const [flood, other] = [await connect({ login: 'flood' }), await connect({ login: 'other' })]
  const frames = Array.from({ length: 50 }, (_, n) => `SUBSCRIBE\nid:${n}\ndestination:/app/slow\n\n\0`)
  flood.give(frames.join(''))
  expect([asked.length, flood.paused]).toEqual([2, true])
  other.send('SUBSCRIBE', { id: 'a', destination: '/app/quick' })
  expect(asked.at(-1)).toBe('other /app/quick')
  await expect.poll(() => asked.length).toBe(51)
  expect(flood.paused).toBe(false)
})

test('those who want more than a turn leave others a part of the time, however many they are', async () => {
  let handled = 0
  const { connect, clock } = startBroker({
    handleSend: () => {
      handled++
      clock.advance(10)
    },
  })
  const floods = [await connect(), await connect(), await connect()]
  for (const flood of floods) flood.give('SEND\ndestination:/app/slow\n\n\0'.repeat(20))
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(handled).toBeLessThan(10)
  for (let waited = 0; waited < 200; waited++) {
    clock.advance(10)
    await turn()
  }
  expect(handled).toBe(60)
  expect(floods.map(({ paused }) => paused)).toEqual([false, false, false])
})

test('many short turns between two ticks are a long one', async () => {
  let handled = 0
  const { connect, clock } = startBroker({
    handleSend: () => {
      handled++
      clock.advance(4)
    },
  })
  const peer = await connect()
  for (let n = 0; n < 3; n++) peer.send('SEND', { destination: '/app/slow' })
  expect([handled, peer.paused]).toEqual([3, true])
  await turn()
  expect(peer.paused).toBe(false)
  for (let n = 0; n < 2; n++) peer.send('SEND', { destination: '/app/slow' })
  clock.advance(1_000)
  for (let n = 0; n < 2; n++) peer.send('SEND', { destination: '/app/slow' })
  expect([handled, peer.paused]).toEqual([7, false])
})

test('what a transport has to do with its bytes is part of the turn, even where no frame comes of it', async () => {
  const { connect } = startBroker()
  const peer = await connect()
  peer.give('\n', 6)
  expect(peer.paused).toBe(false)
  peer.give('\n', 6)
  expect(peer.paused).toBe(true)
  await turn()
  expect(peer.paused).toBe(false)
})

test('who has taken little for long does not wait for those who flood', async () => {
  let handled = 0
  const { connect, clock } = startBroker({
    handleSend: ({ principal }) => {
      if (principal.name === 'quiet') handled++
      clock.advance(10)
    },
  })
  const quiet = await connect({ login: 'quiet' })
  clock.advance(10_000)
  const floods = [await connect(), await connect(), await connect()]
  for (const flood of floods) flood.give('SEND\ndestination:/app/slow\n\n\0'.repeat(20))
  quiet.give('SEND\ndestination:/app/slow\n\n\0'.repeat(20))
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(handled).toBeGreaterThan(8)
  expect(handled).toBeLessThan(20)
})

test('when time goes on, those who had sent too much do not have their turns all at once', async () => {
  let handled = 0
  const { connect, clock } = startBroker(
    {
      handleSend: () => {
        handled++
        clock.advance(10)
      },
    },
    { limits: { sendRate: 1 } },
  )
  const floods = await Promise.all(Array.from({ length: 5 }, () => connect()))
  for (const flood of floods) flood.give('SEND\ndestination:/app/slow\n\n\0'.repeat(2))
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(handled).toBe(5)
  clock.advance(1_000)
  await turn()
  expect(handled).toBeLessThan(10)
  clock.advance(1_000)
  await expect.poll(() => handled).toBe(10)
})
