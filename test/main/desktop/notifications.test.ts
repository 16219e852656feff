import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Notifications, type Notice } from '../../../main/desktop/notifications.ts'
import { createTexts } from '../../../main/desktop/texts.ts'
import {
  deletedType,
  type Language,
  type Message,
  type Room,
  type RoomKey,
} from '../../../shared/contract/model.ts'
import { aMessage, aRoom, stored } from '../../shared/contract/examples.ts'

const minute = 60_000

beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }))
afterEach(() => void vi.useRealTimers())

let count = 0

/** A chat message of somebody else that has come in just now, but for what is given. */
const message = (room: string, given: Partial<Omit<Message, 'id'>> = {}): Message => {
  const now = Date.now()
  const usual = { room: aRoom(room).key, sender: '지우', content: '안녕', sentAt: now, receivedAt: now }
  return aMessage(++count, { ...usual, ...given })
}

/** Notifications over the rooms `a` and `b`; the connection has been there for an hour unless told otherwise. */
const announcer = (options: { language?: Language; onlineFor?: number; unread?: number } = {}) => {
  const shown: (Notice & { open: boolean; click: () => void })[] = []
  const opened: RoomKey[] = []
  const world = { wanted: true, watched: null as RoomKey | null }
  const rooms: Room[] = ['a', 'b'].map(id => aRoom(id, { name: `방 ${id}`, unread: options.unread ?? 1 }))
  const notifications = new Notifications({
    show: (notice, click) => {
      const entry = { ...notice, open: true, click }
      shown.push(entry)
      return () => void (entry.open = false)
    },
    room: key => rooms.find(room => room.key === key),
    connection: () => ({ phase: 'online', since: Date.now() - (options.onlineFor ?? 60 * minute) }),
    wanted: () => world.wanted,
    isWatched: room => room === world.watched,
    openRoom: key => opened.push(key),
    t: createTexts(options.language ?? 'en').t,
  })
  const store = (...messages: Message[]) => {
    notifications.see(messages.map(each => stored(each, each.type === deletedType ? 'deleted' : 'new')))
    vi.advanceTimersByTime(1000)
  }
  const change = (changed: Room) => notifications.see([{ name: 'roomChanged', payload: changed }])
  return { shown, opened, world, rooms, notifications, store, change }
}

test('says who wrote what in which room', () => {
  const { shown, store } = announcer()
  store(message('a', { content: '안녕,\n  반가워' }))
  expect(shown).toMatchObject([{ title: '방 a', body: '지우: 안녕, 반가워', open: true }])
})

test('a click opens the room', () => {
  const { shown, opened, rooms, store } = announcer()
  store(message('b'))
  shown[0]?.click()
  expect(opened).toEqual([rooms[1]?.key])
  expect(shown[0]?.open).toBe(false)
})

test('says nothing of the room that the person looks at, but of the others', () => {
  const { shown, world, rooms, store } = announcer()
  world.watched = rooms[0]?.key ?? null
  store(message('a'), message('b'))
  expect(shown.map(({ title }) => title)).toEqual(['방 b'])
})

test('says nothing where it is not wanted', () => {
  const { shown, world, store } = announcer()
  world.wanted = false
  store(message('a'))
  expect(shown).toEqual([])
})

test.each([
  ['one’s own message', { own: true }],
  ['somebody who comes in', { type: 'JOIN' }],
  ['a type that nobody knows', { type: 'SPARKLE' }],
])('says nothing of %s', (_what, given) => {
  const { shown, store } = announcer()
  store(message('a', given))
  expect(shown).toEqual([])
})

test('says nothing of a room that was left, nor of one that has been read meanwhile', () => {
  const left = announcer()
  Object.assign(left.rooms[0] ?? {}, { joined: false })
  left.store(message('a'))
  const read = announcer({ unread: 0 })
  read.store(message('a'))
  expect([...left.shown, ...read.shown]).toEqual([])
})

test('a message with a number that a removed one has left free is news like any other', () => {
  const { shown, store } = announcer()
  store(message('a', { own: true, seq: 7 }))
  store(message('a', { seq: 7 }))
  expect(shown).toHaveLength(1)
})

test('a replay of five hundred old messages is no news', () => {
  const { shown, store } = announcer({ onlineFor: 100 })
  store(...Array.from({ length: 500 }, () => message('a', { sentAt: Date.now() - 60 * minute })))
  expect(shown).toEqual([])
})

test('what was said a moment before connecting is news, in one notice for each room', () => {
  const { shown, store } = announcer({ onlineFor: 100, unread: 3 })
  const ago = { sentAt: Date.now() - minute }
  store(message('a', ago), message('b', ago), message('a', ago), message('a', { ...ago, content: '끝' }))
  expect(shown.map(({ body }) => body)).toEqual(['3 new messages. 지우: 끝', '지우: 안녕'])
})

test('what was said before the person came to the room is no news', () => {
  const { shown, store } = announcer({ onlineFor: 100, unread: 1 })
  store(message('a'), message('a'), message('a', { content: '어서 와요' }))
  expect(shown.map(({ body }) => body)).toEqual(['지우: 어서 와요'])
})

test('once caught up, a wrong clock keeps nobody from being heard', () => {
  const { shown, store } = announcer()
  store(message('a', { sentAt: Date.now() - 600 * minute }))
  expect(shown).toHaveLength(1)
})

test('a clock that is set back while the app runs silences nothing', () => {
  const { shown, store } = announcer()
  vi.setSystemTime(Date.now() - 600 * minute)
  store(message('a'))
  expect(shown).toHaveLength(1)
})

test('the next message of the room takes the place of the notice and counts on', () => {
  const { shown, store } = announcer({ language: 'ko', unread: 2 })
  store(message('a'))
  store(message('a', { content: '또' }))
  expect(shown.map(({ body, open }) => [body, open])).toEqual([
    ['지우: 안녕', false],
    ['새 메시지 2개. 지우: 또', true],
  ])
})

test('a room that has been read, or is gone, takes its notice along', () => {
  const { shown, rooms, notifications, store, change } = announcer()
  store(message('a'), message('b'))
  const [a, b] = rooms
  if (!a || !b) throw new Error('two rooms')
  change({ ...a, unread: 0 })
  notifications.see([{ name: 'roomRemoved', payload: { room: b.key } }])
  expect(shown.map(({ open }) => open)).toEqual([false, false])
  store(message('a', { content: '새' }))
  expect(shown.at(-1)?.body).toBe('지우: 새')
})

test('what is deleted is not announced, and its notice goes; what others said is', () => {
  const { shown, notifications, store } = announcer({ unread: 5 })
  const deleted = (given: Message): Message => ({ ...given, type: 'DELETED', content: '' })
  const [first, oops, last] = [message('a'), message('a', { content: '앗' }), message('a', { content: '끝' })]
  store(first, oops, deleted(oops))
  expect(shown.map(({ body, open }) => [body, open])).toEqual([['지우: 안녕', true]])
  store(oops, deleted(oops))
  expect(shown).toHaveLength(1)
  store(last)
  notifications.see([stored(deleted(first), 'deleted')])
  expect(shown.map(({ open }) => open)).toEqual([false, true])
  notifications.see([stored(deleted(last), 'deleted')])
  expect(shown[1]?.open).toBe(false)
})

test('a mention is announced by itself, however many other messages come', () => {
  const { shown, rooms, store } = announcer({ unread: 28 })
  Object.assign(rooms[0] ?? {}, { mentions: 1 })
  const others = Array.from({ length: 27 }, () => message('a'))
  store(...others.slice(0, 4), message('a', { content: '@나 봐 줘', mentionsMe: true }), ...others.slice(4))
  expect(shown.filter(({ open }) => open).map(({ body }) => body)).toEqual([
    '27 new messages. 지우: 안녕',
    '지우 mentioned you: @나 봐 줘',
  ])
  store(message('a', { content: '또' }))
  expect(shown.filter(({ open }) => open).map(({ body }) => body)).toContain('지우 mentioned you: @나 봐 줘')
})

test('mentions that are read already are not announced, and reading the room takes their notices away', () => {
  const { shown, rooms, store, change } = announcer({ unread: 2 })
  const [a] = rooms
  if (!a) throw new Error('a room')
  store(message('a', { mentionsMe: true }))
  expect(shown).toEqual([])
  Object.assign(a, { mentions: 1 })
  const kept = message('a', { content: '@나 지금', mentionsMe: true })
  store(message('a', { content: '@나 그때', mentionsMe: true }), kept)
  expect(shown.map(({ body }) => body)).toEqual(['지우 mentioned you: @나 지금'])
  change({ ...a, unread: 0, mentions: 0 })
  expect(shown[0]?.open).toBe(false)
})

test('a flood of mentions keeps no more than twenty notices, and a deleted one takes its own away', () => {
  const { shown, rooms, notifications, store } = announcer({ unread: 30 })
  Object.assign(rooms[0] ?? {}, { mentions: 30 })
  const flood = Array.from({ length: 30 }, () => message('a', { mentionsMe: true }))
  store(...flood)
  const open = () => shown.filter(each => each.open).length
  expect([shown.length, open()]).toEqual([30, 20])
  const last = flood.at(-1)
  if (last) notifications.see([stored({ ...last, type: 'DELETED', content: '' }, 'deleted')])
  expect(open()).toBe(19)
})

test('an invitation says who invited to which room, once, and goes when the room was looked at', () => {
  const { shown, opened, rooms, notifications, change } = announcer()
  const [a, b] = rooms
  if (!a || !b) throw new Error('two rooms')
  Object.assign(a, { invitedBy: '지우' })
  Object.assign(b, { invitedBy: '' })
  for (const { key } of [a, b]) notifications.see([{ name: 'invitationReceived', payload: { room: key } }])
  change({ ...a, unread: 1 })
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['방 a', '지우 invited you to this room.'],
    ['방 b', 'You were invited to this room.'],
  ])
  shown[0]?.click()
  expect(opened).toEqual([a.key])
  change({ ...a, invitedBy: null })
  expect(shown.map(({ open }) => open)).toEqual([false, true])
  notifications.see([{ name: 'roomRemoved', payload: { room: b.key } }])
  expect(shown.map(({ open }) => open)).toEqual([false, false])
})
