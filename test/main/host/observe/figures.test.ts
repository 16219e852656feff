import { expect, onTestFinished, test } from 'vitest'
import type { LocalHost } from '../../../../main/host/ports/options.ts'
import type { HostMeasure } from '../../../../shared/contract/host-measure.ts'
import { bodies, connect, contents, person, startHost, type Talker } from '../fixture.ts'

/** @returns what the host measures at this moment. */
const measureOf = (host: LocalHost): HostMeasure => {
  const measures: HostMeasure[] = []
  host.onMeasured(measure => measures.push(measure))()
  const [measure] = measures
  if (!measure) throw new Error('the host was not measured')
  return measure
}
const say = (talker: Talker, content: string, roomId = 'general'): Promise<void> =>
  talker.send('/app/chat/message', { roomId, content })
/** @returns the id of a new room. */
const make = async (talker: Talker, room: { name: string; kind?: string }): Promise<string> => {
  const replies = await talker.subscribe('/user/queue/replies', { id: room.name })
  await talker.send('/app/room/create', { ...room, requestId: room.name })
  await expect.poll(() => bodies(replies)).toHaveLength(1)
  talker.client.unsubscribe(room.name)
  const [reply] = bodies(replies)
  return (reply?.room as { roomId: string }).roomId
}

test('counts stored and relayed messages, and deliveries, but no typing', async () => {
  const host = await startHost()
  const [ada, bob] = [await person(host.ws, 'Ada'), await person(host.ws, 'Bob')]
  expect(measureOf(host)).toMatchObject({ messages: 0, deliveries: 0 })
  const heard = [await ada.subscribe('/topic/room.general'), await bob.subscribe('/topic/room.general')]
  await say(ada, 'one')
  await say(bob, 'two')
  await ada.send('/app/typing', { roomId: 'general' })
  await bob.send('/topic/dice', '6')
  for (const messages of heard) await expect.poll(() => contents(messages)).toEqual(['one', 'two'])
  const measure = measureOf(host)
  expect(measure).toMatchObject({ messages: 3, deliveries: 4, backlogBytes: 0, longestBacklogBytes: 0 })
  expect(measure.memoryBytes).toBeGreaterThan(1e6)
})

test('lists public rooms with their readers, each person once, and the time of the last message', async () => {
  const host = await startHost({ firstRoom: '로비' })
  const [ada, again] = [await person(host.ws, 'Ada'), await person(host.ws, 'Ada')]
  const bob = await connect(host.ws, { login: 'Bob' })
  const before = Date.now()
  const roomId = await make(ada, { name: 'Lunch' })
  for (const talker of [ada, again, bob]) await talker.subscribe('/topic/room.general')
  await bob.subscribe(`/topic/room.${roomId}`)
  await bob.subscribe('/topic/presence.general')
  await say(ada, 'one')
  await say(ada, 'two')
  const { rooms, moreRooms, closedRooms } = measureOf(host)
  expect(rooms).toEqual([
    { roomId: 'general', name: '로비', people: 2, messages: 2, lastAt: expect.any(Number) as number },
    { roomId, name: 'Lunch', people: 1, messages: 0, lastAt: null },
  ])
  expect(rooms[0]?.lastAt).toBeGreaterThanOrEqual(before)
  expect([moreRooms, closedRooms]).toEqual([0, { count: 0, messages: 0 }])
})

test('private and direct rooms only appear as a total; archived rooms not at all', async () => {
  const host = await startHost()
  const [ada, bob] = [await person(host.ws, 'Ada'), await person(host.ws, 'Bob')]
  const secret = await make(ada, { name: 'Surprise party', kind: 'private' })
  await ada.subscribe(`/topic/room.${secret}`)
  await say(ada, 'hush', secret)
  await ada.send('/app/room/direct', { personId: bob.id, requestId: 'direct' })
  const old = await make(ada, { name: 'Old plans' })
  await ada.send('/app/room/archive', { roomId: old, archived: true })
  const measure = measureOf(host)
  expect(measure.rooms.map(({ name }) => name)).toEqual(['general'])
  expect(measure.closedRooms).toEqual({ count: 2, messages: 1 })
  const told = JSON.stringify(measure)
  for (const word of ['Surprise', secret, 'Old plans', 'hush', ada.id]) expect(told).not.toContain(word)
})

test('of very many rooms it lists those with the latest messages', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const ids: string[] = []
  for (let n = 0; n < 51; n++) ids.push(await make(ada, { name: `Room ${n}` }))
  await say(ada, 'here', ids.at(-1))
  const { rooms, moreRooms } = measureOf(host)
  expect(rooms).toHaveLength(50)
  expect(rooms.at(-1)).toMatchObject({ name: 'Room 50', messages: 1 })
  expect(moreRooms).toBe(2)
})

test('a stopped host reports nothing more', async () => {
  const host = await startHost()
  const measures: HostMeasure[] = []
  onTestFinished(host.onMeasured(measure => measures.push(measure)))
  await host.stop()
  expect(measures).toHaveLength(1)
})

test('lists at most 20 queues and streams by name', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  for (let n = 0; n < 23; n++) await ada.send(`/queue/${n}`, 'x'.repeat(n + 1))
  const { queues, moreQueues } = measureOf(host)
  expect(queues[0]).toMatchObject({ destination: '/queue/22', kind: 'queue', messages: 1, isRead: false })
  expect([queues.length, moreQueues]).toEqual([20, 3])
})
