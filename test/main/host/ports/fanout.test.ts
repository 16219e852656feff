/** What every fan-out of a host does. */
import { describe, expect, test } from 'vitest'
import type { MemoryPeer } from '../../broker/memory-peer.ts'
import { oneNode, twoNodes, type Nodes } from './nodes.ts'

const publicRoom = { roomId: 'plans', kind: 'public' } as const
const privateRoom = { roomId: 'plans', kind: 'private' } as const
const topic = '/topic/room.plans'

const listen = (peer: MemoryPeer, ...destinations: string[]): void => {
  for (const destination of destinations)
    peer.send('SUBSCRIBE', { id: destination, destination, receipt: destination })
}
/** @returns three peers who listen to the room, the third one by a wildcard. */
const three = async ({ connect }: Nodes) => {
  const peers = [await connect('Ada'), await connect('Bob'), await connect('Cho')] as const
  const [ada, bob, cho] = peers
  listen(ada, topic)
  listen(bob, topic)
  listen(cho, '/topic/room.*')
  return { ada, bob, cho, peers }
}

describe.each([
  ['of one node', oneNode],
  ['of two nodes', twoNodes],
])('%s', (_what, open) => {
  test('a published message reaches all subscribers, in order', async () => {
    const nodes = open()
    const { peers } = await three(nodes)
    for (const body of ['하나', 'two', 'three']) nodes.fanout.publish(topic, { body, headers: { a: 'b' } })
    for (const peer of peers) await expect.poll(() => peer.bodies).toEqual(['하나', 'two', 'three'])
    expect(peers[0].frames.at(-1)?.headers).toMatchObject({ a: 'b', destination: topic })
  })

  test('by name only, wildcards get nothing', async () => {
    const nodes = open()
    const { ada, bob, cho } = await three(nodes)
    nodes.fanout.publish(topic, { body: 'x', byNameOnly: true })
    nodes.fanout.publish(topic, { body: 'y' })
    await expect.poll(() => [ada.bodies, bob.bodies, cho.bodies]).toEqual([['x', 'y'], ['x', 'y'], ['y']])
  })

  test('the offset is a header of the message', async () => {
    const nodes = open()
    const { bob } = await three(nodes)
    nodes.fanout.publish(topic, { body: 'x', offset: 7 })
    await expect.poll(() => bob.frames.at(-1)?.headers['x-stream-offset']).toBe('7')
  })

  test('a person gets a message on all subscribed connections, and no other person does', async () => {
    const nodes = open()
    const peers = await Promise.all(['Ada', 'Ada', 'Bob', 'Ada'].map(login => nodes.connect(login)))
    for (const peer of peers.slice(0, 3)) listen(peer, '/user/queue/rooms')
    nodes.fanout.tell('person-ada', '/user/queue/rooms', { body: 'psst' })
    nodes.fanout.tell('person-nobody', '/user/queue/rooms', { body: 'x' })
    await expect.poll(() => peers.map(({ bodies }) => bodies)).toEqual([['psst'], ['psst'], [], []])
  })

  test('it knows whether there are listeners', async () => {
    const nodes = open()
    const has = (byNameOnly: boolean) => nodes.fanout.hasListeners(topic, byNameOnly)
    expect([has(true), has(false)]).toEqual([false, false])
    await nodes.connect('Ada')
    const bob = await nodes.connect('Bob')
    listen(bob, '/topic/room.*')
    expect([has(true), has(false)]).toEqual([false, true])
    listen(bob, topic)
    expect(has(true)).toBe(true)
    bob.leave()
    await expect.poll(() => has(false)).toBe(false)
  })

  test('a person’s subscriptions to a public room end, wildcards included; others continue', async () => {
    const nodes = open()
    const { ada, bob, cho } = await three(nodes)
    nodes.fanout.endFor('person-cho', publicRoom)
    nodes.fanout.endFor('person-bob', publicRoom)
    nodes.fanout.publish(topic, { body: 'x' })
    await expect.poll(() => ada.bodies).toEqual(['x'])
    expect([bob.bodies, cho.bodies]).toEqual([[], []])
  })

  test('a person’s subscription to a private room ends by its name; wildcards continue for public rooms', async () => {
    const nodes = open()
    const { bob, cho } = await three(nodes)
    nodes.fanout.endFor('person-bob', privateRoom)
    nodes.fanout.endFor('person-cho', privateRoom)
    nodes.fanout.publish('/topic/room.other', { body: 'x' })
    await expect.poll(() => cho.bodies).toEqual(['x'])
    expect(nodes.fanout.hasListeners(topic, true)).toBe(true)
    listen(bob, topic)
    nodes.fanout.publish(topic, { body: 'y', byNameOnly: true })
    await expect.poll(() => bob.bodies).toEqual(['y'])
  })

  test('a deleted room ends for everybody', async () => {
    const nodes = open()
    const { ada } = await three(nodes)
    nodes.fanout.endForEverybody('plans')
    expect(nodes.fanout.hasListeners(topic, true)).toBe(false)
    listen(ada, topic)
    expect(nodes.fanout.hasListeners(topic, true)).toBe(true)
  })

  test('all other connections under a person’s name are closed with the reason', async () => {
    const nodes = open()
    const [ada, other, bob] = [
      await nodes.connect('Ada'),
      await nodes.connect('ＡＤＡ'),
      await nodes.connect('Bob'),
    ]
    const person = { personId: 'person-ada', name: 'Ada', nameKey: 'ada' }
    nodes.fanout.closeNamesakes(person, { message: 'Name taken' })
    expect((await other.waitFor('ERROR')).headers.message).toBe('Name taken')
    expect([ada.ended, bob.ended]).toEqual([null, null])
  })
})
