import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clock } from '../../../main/app/clock.ts'
import { WindowFeed } from '../../../shared/bridge/window-feed.ts'
import type { AppEvent } from '../../../shared/contract/api.ts'
import { deletedType, type Message, type MessageChange, type Room } from '../../../shared/contract/model.ts'
import { aMessage, aRoom, stored as storedEvent } from '../../shared/contract/examples.ts'

const [open, quiet] = [aRoom('open'), aRoom('quiet')]

const stored = (
  n: number,
  room: Room,
  given: Partial<Message> = {},
  change: MessageChange = 'new',
): AppEvent => storedEvent({ ...aMessage(n), room: room.key, ...given }, change)
const deleted = (n: number, room: Room): AppEvent =>
  stored(n, room, { type: deletedType, content: '' }, 'deleted')
const changed = (room: Room, change: Partial<Room> = {}): AppEvent => ({
  name: 'roomChanged',
  payload: { ...room, ...change },
})

/** A feed of a window that shows one room, keeps both, and knows them. */
const watching = () => {
  const pushed: AppEvent[] = []
  const feed = new WindowFeed(event => pushed.push(event), clock.after)
  feed.watch([
    { room: open.key, level: 'open' },
    { room: quiet.key, level: 'messages' },
  ])
  feed.see([changed(open)])
  feed.see([changed(quiet)])
  pushed.length = 0
  return { feed, pushed }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('in the room on view the first message goes on at once, and the burst after it in steps', () => {
  const { feed, pushed } = watching()
  for (let n = 1; n <= 4; n++) feed.see([stored(n, open)])
  expect(pushed).toEqual([stored(1, open)])
  vi.advanceTimersByTime(50)
  expect(pushed).toEqual([1, 2, 3, 4].map(n => stored(n, open)))
})

test('what the person says goes on at once, after what came before it', () => {
  const { feed, pushed } = watching()
  const events = [stored(1, open), stored(2, open), stored(3, open, { own: true })]
  feed.see(events)
  expect(pushed).toEqual(events)
})

test('of a message that changes while it waits the newest state goes on, once', () => {
  const { feed, pushed } = watching()
  const changedText = stored(2, open, { content: 'changed' }, 'updated')
  const events = [stored(1, open), stored(2, open), stored(3, open), changedText]
  feed.see(events)
  vi.advanceTimersByTime(50)
  expect(pushed).toEqual([stored(1, open), stored(3, open), changedText])
})

test('what was read is told at once, and no older count after it', () => {
  const { feed, pushed } = watching()
  const summaries = [1, 2, 0].map(unread => changed(open, { unread }))
  feed.see(summaries)
  vi.advanceTimersByTime(1000)
  expect(pushed).toEqual([summaries[0], summaries[2]])
})

test('the first summary of a room goes on at once, then the newest in steps', () => {
  const { feed, pushed } = watching()
  feed.see([changed(quiet, { unread: 1 })])
  expect(pushed).toEqual([changed(quiet, { unread: 1 })])
  for (let unread = 2; unread <= 50; unread++) feed.see([changed(quiet, { unread })])
  expect(pushed).toHaveLength(1)
  vi.advanceTimersByTime(250)
  expect(pushed.slice(1)).toEqual([changed(quiet, { unread: 50 })])
  vi.advanceTimersByTime(250)
  feed.see([changed(quiet, { unread: 51 })])
  expect(pushed.at(-1)).toEqual(changed(quiet, { unread: 51 }))
})

test('messages of a room that the window does not keep stay away, but for deletions', () => {
  const { feed, pushed } = watching()
  feed.watch([{ room: open.key, level: 'open' }])
  feed.see([stored(1, quiet)])
  feed.see([deleted(2, quiet)])
  vi.advanceTimersByTime(1000)
  expect(pushed).toEqual([deleted(2, quiet)])
})

test('what is more than talk goes on at once, and no older summary follows it', () => {
  const { feed, pushed } = watching()
  feed.see([changed(quiet, { unread: 1 })])
  feed.see([changed(quiet, { unread: 2 })])
  feed.see([changed(quiet, { unread: 2, name: 'renamed' })])
  vi.advanceTimersByTime(1000)
  expect(pushed).toEqual([changed(quiet, { unread: 1 }), changed(quiet, { unread: 2, name: 'renamed' })])
})

test('other events overtake nothing', () => {
  const { feed, pushed } = watching()
  const removed: AppEvent = { name: 'roomRemoved', payload: { room: quiet.key } }
  const events = [stored(1, quiet), stored(2, quiet), changed(quiet, { unread: 2 }), removed]
  feed.see(events)
  expect(pushed).toEqual(events)
  vi.advanceTimersByTime(1000)
  expect(pushed).toHaveLength(events.length)
})

test('a room that comes on view brings what was gathered of it', () => {
  const { feed, pushed } = watching()
  const events = [stored(1, quiet), stored(2, quiet), changed(quiet, { unread: 2 })]
  feed.see(events)
  feed.watch([{ room: quiet.key, level: 'people' }])
  expect(pushed).toEqual(events)
})

test.each([
  ['on view', open, 50],
  ['not on view', quiet, 250],
])(
  'of a flood in a room %s the window learns every second that there is more to read',
  (_where, room, delay) => {
    const { feed, pushed } = watching()
    const skipped: AppEvent = { name: 'messagesSkipped', payload: { room: room.key } }
    for (let n = 0; n < 1000; n++) feed.see([stored(n, room)])
    vi.advanceTimersByTime(delay)
    expect(pushed).toEqual([stored(0, room), skipped])
    for (let n = 1000; n < 2000; n++) feed.see([stored(n, room)])
    vi.advanceTimersByTime(900)
    expect(pushed).toHaveLength(2)
    vi.advanceTimersByTime(100)
    expect(pushed.slice(2)).toEqual([skipped])
  },
)

test('in a flood nothing is left out of what was deleted, and of what the person said', () => {
  const { feed, pushed } = watching()
  const others = [deleted(5001, quiet), stored(5002, quiet, { own: true })]
  for (let n = 0; n < 1000; n++) feed.see([stored(n, quiet)])
  feed.see(others)
  for (let n = 1000; n < 2000; n++) feed.see([stored(n, quiet)])
  vi.advanceTimersByTime(250)
  for (const event of others) expect(pushed).toContainEqual(event)
  expect(pushed).toHaveLength(4)
})

test('a snapshot holds what was gathered', () => {
  const { feed, pushed } = watching()
  feed.see([stored(1, quiet)])
  feed.see([changed(quiet, { unread: 1 })])
  feed.drop()
  vi.advanceTimersByTime(1000)
  expect(pushed).toEqual([stored(1, quiet)])
})
