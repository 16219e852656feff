/** How many queues, streams and durable subscriptions one person may open. */
import { expect, test } from 'vitest'
import { startBroker, type Fixture } from '../fixture.ts'
import type { MemoryPeer } from '../memory-peer.ts'

const connectAs = async ({ open }: Fixture, login: string, address?: string): Promise<MemoryPeer> => {
  const peer = open('1.2', address)
  peer.send('CONNECT', { 'accept-version': '1.2', host: 'x', login })
  await peer.waitFor('CONNECTED')
  return peer
}

const stream = { id: 's', 'x-queue-type': 'stream' }
const durable = { id: 'd', durable: 'true', 'auto-delete': 'false' }

test.each([
  ['this computer', '127.0.0.1', 'ada', '127.0.0.1', 'bob'],
  ['the network', '192.168.0.2', 'ada', '192.168.0.3', 'ada'],
])(
  'one person of %s can’t use up the queues and streams of all',
  async (_what, address, login, elsewhere, other) => {
    const fixture = startBroker({}, { limits: { queuesPerPerson: 2, streamsPerPerson: 1 } })
    const first = await connectAs(fixture, login, address)
    for (const name of ['a', 'b']) first.send('SEND', { destination: `/queue/${name}`, receipt: name }, 'x')
    await first.receipt('b')
    first.send('SEND', { destination: '/queue/c' }, 'x')
    expect((await first.waitFor('ERROR')).headers.message).toBe('Too many queues')
    // To come again makes no room.
    const again = await connectAs(fixture, login, address)
    again.send('SUBSCRIBE', { id: 's', destination: '/topic/a', 'x-queue-type': 'stream', receipt: 'a' })
    await again.receipt('a')
    again.send('SUBSCRIBE', { id: 't', destination: '/topic/b', 'x-queue-type': 'stream' })
    expect((await again.waitFor('ERROR')).headers.message).toBe('Too many streams')
    const somebodyElse = await connectAs(fixture, other, elsewhere)
    somebodyElse.send('SEND', { destination: '/queue/c', receipt: 'c' }, 'x')
    await somebodyElse.receipt('c')
  },
)

test.each([
  ['queues', 'SEND', '/queue/', {}],
  ['streams', 'SUBSCRIBE', '/topic/', stream],
  ['durable subscriptions', 'SUBSCRIBE', '/topic/', durable],
])(
  'all guests of this computer share one quota of %s, however often they come again',
  async (what, command, path, headers) => {
    const fixture = startBroker(
      {
        admit: ({ login = '' }) => ({
          ok: true,
          principal: { id: login, name: login, isGuest: login.startsWith('guest') },
        }),
      },
      { limits: { queuesPerPerson: 2, streamsPerPerson: 2, durablesPerPerson: 2 } },
    )
    const openAs = async (login: string, name: string): Promise<MemoryPeer> => {
      const peer = await connectAs(fixture, login)
      peer.send(command, { destination: path + name, receipt: 'opened', ...headers })
      return peer
    }
    for (const name of ['a', 'b']) await (await openAs(`guest ${name}`, name)).receipt('opened')
    const refused = await openAs('guest c', 'c')
    expect((await refused.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
    await (await openAs('ada', 'c')).receipt('opened')
  },
)

test.each([
  ['queues', 'SEND', '/queue/', {}],
  ['streams', 'SUBSCRIBE', '/topic/', stream],
  ['durable subscriptions', 'SUBSCRIBE', '/topic/', durable],
])('the last tenth of the %s is for those who have the reserve', async (what, command, path, headers) => {
  const fixture = startBroker(
    { hasReserve: ({ principal }) => principal.id === 'owner' },
    {
      limits: {
        queues: 10,
        queuesPerPerson: 3,
        streams: 10,
        streamsPerPerson: 3,
        durables: 10,
        durablesPerPerson: 3,
      },
    },
  )
  const openAs = async (login: string, name: string | number): Promise<MemoryPeer> => {
    const peer = await connectAs(fixture, login)
    peer.send(command, { destination: path + String(name), receipt: 'opened', ...headers })
    return peer
  }
  for (let n = 0; n < 9; n++) await (await openAs(`person ${n % 3}`, n)).receipt('opened')
  const refused = await openAs('somebody else', 'one more')
  expect((await refused.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
  await (await openAs('owner', 'reserved')).receipt('opened')
  const beyond = await openAs('owner', 'beyond')
  expect((await beyond.waitFor('ERROR')).headers.message).toBe(`Too many ${what}`)
})
