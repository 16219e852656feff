import { expect, test } from 'vitest'
import { startBroker } from './fixture.ts'

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
