/** `browser:true`: a queue is read, and stays as it is. */
import { expect, test } from 'vitest'
import { startBroker, turn, type Fixture } from '../fixture.ts'
import { numbers } from '../history.ts'
import type { MemoryPeer, SeenFrame } from '../memory-peer.ts'
import { until } from '../../../shared/core/until.ts'

const jobs = '/queue/jobs'
const isEnd = ({ headers }: SeenFrame): boolean => headers.browser === 'end'

const fill = async ({ connect }: Fixture, bodies: string[]): Promise<void> => {
  const sender = await connect()
  for (const body of bodies) sender.send('SEND', { destination: jobs, receipt: body }, body)
  await sender.receipt(bodies.at(-1) ?? '')
}

/** @returns what it has read. */
const browse = async (peer: MemoryPeer, headers: Record<string, string> = {}): Promise<SeenFrame[]> => {
  peer.send('SUBSCRIBE', { id: 'b', destination: jobs, browser: 'true', ...headers })
  await until(() => peer.frames.some(isEnd))
  return peer.frames.filter(({ command }) => command === 'MESSAGE')
}

test.each(['1.0', '1.1', '1.2'] as const)(
  '%s reads all waiting messages, and is told the end',
  async version => {
    const fixture = startBroker()
    await fill(fixture, ['a', 'b'])
    const frames = await browse(await fixture.connect({}, version))
    expect(frames.map(({ body }) => body)).toEqual(['a', 'b', ''])
    expect(frames.at(-1)?.headers).toMatchObject({ subscription: 'b', destination: jobs, browser: 'end' })
    const consumer = await fixture.connect()
    consumer.send('SUBSCRIBE', { id: 'c', destination: jobs })
    await until(() => consumer.bodies.length === 2)
    expect(consumer.frames.some(({ headers }) => headers.redelivered)).toBe(false)
  },
)

test('unconfirmed messages are read too, in order; later ones are not', async () => {
  const fixture = startBroker()
  await fill(fixture, numbers(0, 6))
  const consumer = await fixture.connect()
  consumer.send('SUBSCRIBE', {
    id: 'c',
    destination: jobs,
    ack: 'client-individual',
    'prefetch-count': '3',
  })
  await until(() => consumer.bodies.length === 3)
  consumer.send('ACK', { id: consumer.frames.at(-2)?.headers.ack ?? '' })
  const peer = await fixture.connect()
  const frames = await browse(peer, { ack: 'client' })
  expect(frames.map(({ body }) => body)).toEqual(['0', '2', '3', '4', '5', ''])
  expect(frames.some(({ headers }) => headers.ack)).toBe(false)
  await fill(fixture, ['later'])
  await turn()
  expect(peer.bodies).not.toContain('later')
})

test('browsing an unused queue returns nothing and does not create it', async () => {
  const { connect } = startBroker({}, { limits: { queues: 1 } })
  const peer = await connect()
  expect((await browse(peer, { destination: '/queue/none' })).map(({ body }) => body)).toEqual([''])
  peer.send('SEND', { destination: jobs, receipt: 'fits' })
  await peer.receipt('fits')
})

test('a slow browser gets messages only as fast as it reads', async () => {
  const fixture = startBroker()
  await fill(
    fixture,
    numbers(0, 1_000).map(number => number.padEnd(1_000)),
  )
  const peer = await fixture.connect()
  peer.stall()
  peer.send('SUBSCRIBE', { id: 'b', destination: jobs, browser: 'true' })
  for (let turns = 0; turns < 50; turns++) await turn()
  expect(peer.backlog).toBeLessThan(400_000)
  peer.takeAll()
  await until(() => peer.frames.some(isEnd))
  expect(peer.bodies.map(body => body.trim())).toEqual([...numbers(0, 1_000), ''])
})

test('UNSUBSCRIBE ends the browsing', async () => {
  const fixture = startBroker()
  await fill(fixture, ['a'])
  const peer = await fixture.connect()
  peer.send('SUBSCRIBE', { id: 'b', destination: jobs, browser: 'true' })
  peer.send('UNSUBSCRIBE', { id: 'b', receipt: 'ended' })
  await peer.receipt('ended')
  await turn()
  expect(peer.bodies).toEqual([])
})
