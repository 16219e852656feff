import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AppEvent } from '../../../shared/contract/api.ts'
import { aRoom, aMessage, stored } from '../contract/examples.ts'
import type { WatchedRoom } from '../../../shared/contract/window-commands.ts'
import { serving } from './serving.ts'

const focus: AppEvent = { name: 'windowChanged', payload: { focused: true, maximized: false } }
const snapshot = { name: 'getSnapshot', input: {} }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('with a desktop around it a window has both halves', async () => {
  const { served } = serving()
  expect(await served.call(snapshot)).toMatchObject({
    value: { messenger: { person: { name: '박지우' } }, desktop: { platform: 'linux' }, seq: 0 },
  })
  expect(await served.call({ name: 'setPerson', input: { name: 'A' } })).toMatchObject({ ok: true })
  expect(await served.call({ name: 'stopHost', input: {} })).toMatchObject({ ok: true })
})

test('without one it has the messenger’s half, and the commands of the other are unknown', async () => {
  const { served } = serving({ desktop: null })
  expect(await served.call(snapshot)).toMatchObject({
    value: { messenger: { person: { name: '박지우' } }, desktop: null },
  })
  expect(await served.call({ name: 'setPerson', input: { name: 'A' } })).toMatchObject({ ok: true })
  expect(await served.call({ name: 'stopHost', input: {} })).toMatchObject({
    ok: false,
    error: { code: 'command-unknown' },
  })
})

test('events go to the window after the snapshot that it starts from', async () => {
  const { served, sent } = serving()
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  await served.call(snapshot)
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([{ first: 1, events: [focus] }])
})

test('what the desktop tells when the snapshot is taken comes after it', async () => {
  const { served, sent } = serving({ desktop: { opened: () => served.emit([focus]) } })
  expect(await served.call(snapshot)).toMatchObject({ value: { seq: 0 } })
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([{ first: 1, events: [focus] }])
})

test('a page that is gone gets nothing more; the next one begins with nothing that it has not asked for', async () => {
  const { served, sent } = serving()
  const { key: room } = aRoom('general')
  await served.call(snapshot)
  await served.call({ name: 'watchRooms', input: { rooms: [{ room, level: 'open' }] } })
  served.pageGone()
  served.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  await served.call(snapshot)
  served.emit([stored(aMessage(1))])
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([])
})

test('two windows watch different rooms: each gets what happens in its own, and ends it by going', async () => {
  const [general, lunch] = [aRoom('general').key, aRoom('lunch').key]
  const watched = new Map<object, readonly WatchedRoom[]>()
  const open = async (rooms: WatchedRoom[]) => {
    const window = serving({ watch: (who, now) => void watched.set(who, now) })
    await window.served.call(snapshot)
    await window.served.call({ name: 'watchRooms', input: { rooms } })
    return window
  }
  const one = await open([{ room: general, level: 'people' }])
  const other = await open([
    { room: lunch, level: 'open' },
    { room: general, level: 'messages' },
  ])
  expect(watched.get(other.served)).toHaveLength(2)
  expect([general, lunch].map(room => [one, other].map(({ served }) => served.shows(room)))).toEqual([
    [true, false],
    [false, true],
  ])
  const inLunch: AppEvent[] = [
    { name: 'membersChanged', payload: { room: lunch, members: null } },
    { name: 'typingChanged', payload: { room: lunch, names: ['Ada'] } },
    stored(aMessage(1, { room: lunch })),
  ]
  const inGeneral = stored(aMessage(2, { room: general }))
  for (const { served } of [one, other]) served.emit([...inLunch, inGeneral])
  vi.advanceTimersByTime(1000)
  expect(one.sent.flatMap(({ events }) => events)).toEqual([inGeneral])
  expect(other.sent.flatMap(({ events }) => events)).toEqual([...inLunch, inGeneral])
  one.served.pageGone()
  expect(one.served.shows(general)).toBe(false)
  expect([...watched.values()].map(rooms => rooms.length)).toEqual([0, 2])
  // A page that takes a snapshot has not asked for anything yet.
  await other.served.call(snapshot)
  expect(watched.get(other.served)).toEqual([])
})
