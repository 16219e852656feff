import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Presence } from '../../../../main/host/ports/presence.ts'
import { createPresenceEvents } from '../../../../main/host/rooms/presence-events.ts'
import type { Room } from '../../../../main/host/rooms/rooms.ts'
import { createTyping } from '../../../../main/host/rooms/typing.ts'
import { silentLog } from '../../broker/log.ts'
import { bodies, connect, person, startHost, storedRoom } from '../fixture.ts'

/** Part of the tests own the time. */
const begin = () => {
  vi.useFakeTimers()
  const listening = new Set<string>()
  const published: unknown[] = []
  const hasListeners = (_room: string, destination: string): boolean => listening.has(destination)
  const publish = (_room: string, _destination: string, event: unknown): void => void published.push(event)
  return { listening, published, hasListeners, publish, now: () => Date.now() }
}
beforeEach(() => void vi.useRealTimers())
afterEach(() => void vi.useRealTimers())

const names = (events: unknown[]): string[] =>
  events.map(event => (event as { people: { name: string }[] }).people.map(({ name }) => name).join(' '))
const general: Room = { ...storedRoom('general'), archived: false, standings: new Map() }
const rooms = { list: () => [general], find: () => general }
const ada = { id: 'a', name: 'Ada' }
const bob = { id: 'b', name: 'Bob' }

/** Presence events of a world where nobody is in any room. */
const beginEvents = () => {
  const world = begin()
  const readers = vi.fn<Presence['readers']>(() => Promise.resolve([]))
  return {
    world,
    readers,
    events: createPresenceEvents({ ...world, rooms, presence: { readers }, log: silentLog }),
  }
}

test('without listeners there is no timer and no work', () => {
  const { world, readers, events } = beginEvents()
  const typing = createTyping(world)
  for (let index = 0; index < 100; index += 1) {
    events.changed('/topic/room.general')
    typing.started('general', ada)
    typing.stopped('general', ada.id)
  }
  expect(vi.getTimerCount()).toBe(0)
  expect(readers).not.toHaveBeenCalled()
  expect(world.published).toEqual([])
})

test('changes of presence are announced at once, and then once a second', async () => {
  const { world, readers, events } = beginEvents()
  world.listening.add('/topic/presence.general')
  for (let index = 0; index < 50; index += 1) events.changed('/topic/room.general')
  await vi.advanceTimersByTimeAsync(999)
  expect(world.published).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(world.published).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(world.published).toHaveLength(2)
  expect(readers).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})

test('typing is announced on changes and while it goes on; without a repetition it ends', () => {
  const world = begin()
  world.listening.add('/topic/typing.general')
  const typing = createTyping(world)
  typing.started('general', ada)
  expect(names(world.published)).toEqual(['Ada'])
  typing.started('general', bob)
  vi.advanceTimersByTime(1_000)
  expect(names(world.published)).toEqual(['Ada', 'Ada Bob'])
  vi.advanceTimersByTime(1_000)
  expect(names(world.published)).toEqual(['Ada', 'Ada Bob'])
  typing.started('general', ada)
  vi.advanceTimersByTime(1_000)
  expect(names(world.published)).toEqual(['Ada', 'Ada Bob', 'Ada Bob'])
  typing.stopped('general', bob.id)
  vi.advanceTimersByTime(1_000)
  expect(names(world.published).slice(3)).toEqual(['Ada'])
  vi.advanceTimersByTime(10_000)
  expect(names(world.published).slice(4)).toEqual([''])
  expect(vi.getTimerCount()).toBe(0)
})

test('when the last listener is gone, the state is dropped', () => {
  const world = begin()
  world.listening.add('/topic/typing.general')
  const typing = createTyping(world)
  typing.started('general', ada)
  world.listening.clear()
  vi.advanceTimersByTime(2_000)
  expect(vi.getTimerCount()).toBe(0)
  world.listening.add('/topic/typing.general')
  typing.started('general', bob)
  expect(names(world.published)).toEqual(['Ada', 'Bob'])
  typing.started('general', ada)
  typing.stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('people in a room are its subscribers, each once', async () => {
  const { ws } = await startHost()
  const [one, two] = [await person(ws, 'Ada'), await person(ws, 'Ada')]
  const guest = await connect(ws, { login: 'Guest' })
  const seen = await guest.subscribe('/topic/presence.general')
  await expect.poll(() => names(bodies(seen))).toEqual([''])
  for (const talker of [one, two]) await talker.subscribe('/topic/room.general')
  await expect.poll(() => names(bodies(seen)).at(-1)).toBe('Ada')
  await Promise.all([one, two].map(talker => talker.client.deactivate()))
  await expect.poll(() => names(bodies(seen)).at(-1)).toBe('')
  expect(bodies(seen)[0]).toEqual({ type: 'PRESENCE', roomId: 'general', people: [] })
})

test('typing is announced to listeners, until the message arrives', async () => {
  const { ws } = await startHost()
  const [talker, guest] = [await person(ws, 'Ada'), await connect(ws, { login: 'Guest' })]
  const seen = await guest.subscribe('/topic/typing.general')
  await talker.send('/app/typing', { roomId: 'general' })
  await expect
    .poll(() => bodies(seen))
    .toEqual([{ type: 'TYPING', roomId: 'general', people: [{ personId: talker.id, name: 'Ada' }] }])
  await talker.send('/app/chat/message', { roomId: 'general', content: 'done' })
  await expect.poll(() => names(bodies(seen))).toEqual(['Ada', ''])
  await expect(talker.send('/topic/typing.general', '{}')).rejects.toThrow('input-invalid')
  await expect(talker.send('/app/typing', { roomId: 'nowhere' })).rejects.toThrow('not-found')
})

test('passing events have no history', async () => {
  const { ws } = await startHost()
  const [ada, guest] = [await person(ws, 'Ada'), await connect(ws, { login: 'Guest' })]
  const asked = { 'x-queue-type': 'stream', 'x-stream-offset': 'first' }
  const early = await ada.subscribe('/topic/typing.general', asked)
  await ada.send('/app/typing', { roomId: 'general' })
  await expect.poll(() => names(bodies(early))).toEqual(['Ada'])
  await ada.send('/app/typing', { roomId: 'general', typing: false })
  await expect.poll(() => names(bodies(early))).toEqual(['Ada', ''])
  const late = await guest.subscribe('/topic/typing.general', asked)
  await guest.send('/app/typing', { roomId: 'general' })
  await expect.poll(() => names(bodies(late))).toEqual(['Guest'])
  expect(late[0]?.headers).not.toHaveProperty('x-stream-offset')
})

test('a wildcard subscriber is present in public rooms; an unbanned person is back with the next subscription', async () => {
  const { ws } = await startHost()
  const host = await person(ws, 'Host')
  const [ada, bob] = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  const events = await host.subscribe('/topic/presence.general')
  const here = () =>
    (bodies(events).at(-1)?.people as { name: string }[] | undefined)?.map(({ name }) => name).toSorted()
  await ada.subscribe('/topic/room.*', { id: 'all' })
  await expect.poll(here).toEqual(['Ada'])
  await bob.subscribe('/topic/room.general', { id: 'room' })
  await expect.poll(here).toEqual(['Ada', 'Bob'])
  await host.send('/app/room/ban', { roomId: 'general', personId: bob.id })
  ada.client.unsubscribe('all')
  await expect.poll(here).toEqual([])
  await host.send('/app/room/ban', { roomId: 'general', personId: bob.id, banned: false })
  await bob.subscribe('/topic/room.general', { id: 'room' })
  await expect.poll(here).toEqual(['Bob'])
})
