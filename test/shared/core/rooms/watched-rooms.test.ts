/** What a session asks for the rooms that windows watch: two windows, a scripted host, and a clock that the test owns. */
import { expect, test } from 'vitest'
import type { Room, RoomKey, RoomMembers } from '../../../../shared/contract/model.ts'
import type { WatchLevel } from '../../../../shared/contract/window-commands.ts'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { WatchedRooms } from '../../../../shared/core/rooms/watched-rooms.ts'
import { Watches } from '../../../../shared/core/rooms/watches.ts'
import { aMessage, aRoom } from '../../contract/examples.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { fakeClock } from '../fake-clock.ts'
import { silentLog } from '../real-ports.ts'

const [general, lunch] = [aRoom('general'), aRoom('lunch')]
const rooms = [general, lunch]
const [ada, bob] = [
  { personId: 'a', name: 'Ada' },
  { personId: 'b', name: 'Bob' },
]
const [first, second] = [{}, {}]

const begin = () => {
  const clock = fakeClock()
  const typing: [RoomKey, string[]][] = []
  const members: [RoomKey, RoomMembers | null][] = []
  /** What is subscribed to. */
  const heard = new Map<string, (frame: ReceivedFrame) => void>()
  const watches = new Watches()
  const goOnline = (): WatchedRooms =>
    new WatchedRooms({
      session: {
        subscribe: (destination, _headers, onMessage) => {
          heard.set(destination, onMessage)
          return () => void heard.delete(destination)
        },
      },
      dialect: hostDialect(),
      watches,
      state: {
        tellMembers: (room, told) => void members.push([room, told]),
        tellTyping: (room, names) => void typing.push([room, names]),
      },
      clock,
      log: silentLog,
    })
  const watched = goOnline()
  /** A window watches these rooms, and no others. */
  const watch = (window: object, ...given: [Room, WatchLevel][]): void => {
    for (const key of watches.set(
      window,
      given.map(([{ key: room }, level]) => ({ room, level })),
    )) {
      const room = rooms.find(each => each.key === key)
      if (room) watched.follow(room)
    }
  }
  const tell = (destination: string, body: object): void =>
    heard.get(destination)?.({ headers: {}, body: JSON.stringify(body) })
  const hear = (people: unknown, roomId = 'general'): void =>
    tell(`/topic/typing.${roomId}`, { type: 'TYPING', roomId, people })
  return { clock, watched, typing, members, heard, watch, tell, hear, goOnline }
}

test('two windows watch different rooms, each at its own level; a room ends with the last window that has it open', () => {
  const { heard, watch } = begin()
  const subscriptions = () => [...heard.keys()].sort()
  const open = (room: string) => [`/app/members.${room}`, `/topic/typing.${room}`]
  watch(first, [general, 'open'])
  watch(second, [lunch, 'people'], [general, 'messages'])
  const both = [...open('general'), ...open('lunch')]
  expect(subscriptions()).toEqual([...both, '/topic/presence.lunch'].sort())
  watch(second, [general, 'people'])
  expect(subscriptions()).toEqual([...open('general'), '/topic/presence.general'].sort())
  watch(first, [general, 'messages'])
  expect(subscriptions()).toEqual([...open('general'), '/topic/presence.general'].sort())
  watch(second)
  expect(subscriptions()).toEqual([])
})

test('a second window that opens a room gets the known state', () => {
  const { typing, members, watch, tell, hear } = begin()
  watch(first, [general, 'open'])
  tell('/app/members.general', { roomId: 'general', role: 'owner', members: [] })
  hear([ada])
  const known = [members.at(-1), typing.at(-1)]
  expect(known).toMatchObject([
    [general.key, { role: 'owner' }],
    [general.key, ['Ada']],
  ])
  members.length = 0
  typing.length = 0
  watch(second, [general, 'open'])
  expect([members.at(-1), typing.at(-1)]).toEqual(known)
})

test('the other people typing in an open room are shown; not the person, and no other rooms', () => {
  const { typing, heard, watch, hear } = begin()
  watch(first, [general, 'open'])
  hear([{ personId: 'me', name: '지우' }])
  expect(typing).toEqual([])
  hear([ada, { personId: 'me', name: '지우' }, bob])
  expect(typing).toEqual([[general.key, ['Ada', 'Bob']]])
  watch(first, [lunch, 'open'])
  expect(typing[1]).toEqual([general.key, []])
  expect(heard.has('/topic/typing.general')).toBe(false)
  watch(first)
  expect(heard.size).toBe(0)
  expect(typing).toHaveLength(2)
})

test('a typing notice ends with the message, after six seconds of silence, and with the session', () => {
  const { clock, watched, typing, heard, watch, hear, goOnline } = begin()
  watch(first, [general, 'open'])
  hear([ada, bob])
  watched.said(aMessage(1, { senderId: 'somebody' }))
  watched.said(aMessage(1, { senderId: 'a', room: lunch.key }))
  expect(typing).toHaveLength(1)
  watched.said(aMessage(1, { senderId: 'a' }))
  expect(typing[1]).toEqual([general.key, ['Bob']])
  clock.advance(5999)
  hear([bob])
  clock.advance(5999)
  expect(typing.at(-1)).toEqual([general.key, ['Bob']])
  clock.advance(1)
  expect(typing.at(-1)).toEqual([general.key, []])
  hear([ada])
  watched.end()
  expect(typing.at(-1)).toEqual([general.key, []])
  expect(heard.size).toBe(0)
  goOnline().follow(general)
  expect(heard.has('/topic/typing.general')).toBe(true)
})

test('nothing is requested for a room before the person is in it', () => {
  const { watched, typing, members, heard, watch, tell, hear } = begin()
  watch(first, [general, 'open'])
  tell('/app/members.general', { roomId: 'general', role: 'member', members: [] })
  hear([ada])
  watched.shut(lunch.key)
  expect(typing).toHaveLength(1)
  watched.shut(general.key)
  expect(typing.at(-1)).toEqual([general.key, []])
  expect(members.at(-1)).toEqual([general.key, null])
  expect(heard.size).toBe(0)
  watched.follow({ ...general, joined: false })
  expect(heard.size).toBe(0)
  watched.follow(general)
  hear([bob])
  expect(typing.at(-1)).toEqual([general.key, ['Bob']])
})

test('people of a direct room are not requested, but their typing is', () => {
  const { watched, heard, watch } = begin()
  watch(first, [general, 'messages'], [lunch, 'people'])
  watched.shut(lunch.key)
  watched.follow({ ...lunch, kind: 'direct' })
  expect([...heard.keys()]).toEqual(['/topic/typing.lunch'])
})

test('invalid typing events are ignored', () => {
  const { typing, watch, hear } = begin()
  watch(first, [general, 'open'])
  for (const people of [null, [{ name: 'Ada' }], [{ personId: 'a', name: '' }], Array(1001).fill(ada)])
    hear(people)
  expect(typing).toEqual([])
})
