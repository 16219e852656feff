/** Who types: between people at a real host, and by a clock that the test owns. */
import { expect, test } from 'vitest'
import type { Message, Room, RoomKey } from '../../../../shared/contract/model.ts'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import type { Session } from '../../../../shared/core/session/session.ts'
import { Typing } from '../../../../shared/core/rooms/typing.ts'
import { aMessage, aRoom } from '../../contract/examples.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { fakeClock } from '../fake-clock.ts'
import { guestOf, startHost, type Somebody } from '../people.ts'
import { silentLog } from '../real-ports.ts'
import { until } from '../until.ts'

const [general, lunch] = [aRoom('general'), aRoom('lunch')]

const watchOf = (room: Room) => ({ room, isShut: false })

/** Typing over a session whose other end is the test. */
const begin = () => {
  const clock = fakeClock()
  const told: [RoomKey, string[]][] = []
  const said: string[] = []
  const heard = new Map<string, (frame: ReceivedFrame) => void>()
  const session: Pick<Session, 'send' | 'subscribe'> = {
    send: ({ body }) => {
      const { roomId, typing } = JSON.parse(String(body)) as { roomId: string; typing: boolean }
      said.push(`${roomId} ${typing ? 'on' : 'off'}`)
      return Promise.resolve('received')
    },
    subscribe: (destination, _headers, onMessage) => {
      heard.set(destination, onMessage)
      return () => void heard.delete(destination)
    },
  }
  const { typing: dialect, personId } = hostDialect()
  if (!dialect) throw new Error('a host tells who types')
  const goOnline = (): Typing =>
    new Typing({
      session,
      dialect,
      personId,
      state: { tellTyping: (room, names) => void told.push([room, names]) },
      clock,
      log: silentLog,
    })
  const typing = goOnline()
  const hear = (people: unknown, roomId = 'general'): void =>
    heard.get(`/topic/typing.${roomId}`)?.({
      headers: {},
      body: JSON.stringify({ type: 'TYPING', roomId, people }),
    })
  return { clock, typing, told, said, heard, hear, goOnline }
}
const [ada, bob] = [
  { personId: 'a', name: 'Ada' },
  { personId: 'b', name: 'Bob' },
]

test('who types is told the host every three seconds while it goes on, and the end at once', () => {
  const { clock, typing, said } = begin()
  for (let key = 0; key < 10; key++) typing.set(general, true)
  expect(said).toEqual(['general on'])
  clock.advance(2999)
  typing.set(general, true)
  expect(said).toHaveLength(1)
  clock.advance(1)
  expect(said).toHaveLength(1)
  typing.set(general, true)
  expect(said).toEqual(['general on', 'general on'])
  typing.set(general, false)
  typing.set(general, false)
  typing.set(general, true)
  expect(said.slice(2)).toEqual(['general off', 'general on'])
  typing.set(lunch, false)
  typing.set(lunch, true)
  expect(said.slice(4)).toEqual(['general off', 'lunch on'])
})

test('what was told in a session is not told to end in the next one', () => {
  const { clock, typing, said, goOnline } = begin()
  typing.set(general, true)
  typing.end()
  expect(clock.waiting()).toBe(0)
  const next = goOnline()
  next.set(general, false)
  expect(said).toEqual(['general on'])
  next.set(general, true)
  expect(said).toHaveLength(2)
  next.end()
  expect(clock.waiting()).toBe(0)
})

test('the others of the watched room are told; oneself and other rooms are not', () => {
  const { typing, told, heard, hear } = begin()
  typing.watch(watchOf(general))
  hear([{ personId: 'me', name: '지우' }])
  expect(told).toEqual([])
  hear([ada, { personId: 'me', name: '지우' }, bob])
  expect(told).toEqual([[general.key, ['Ada', 'Bob']]])
  typing.watch(watchOf(lunch))
  expect(told[1]).toEqual([general.key, []])
  expect([...heard.keys()]).toEqual(['/topic/typing.lunch'])
  typing.watch(null)
  expect(heard.size).toBe(0)
  expect(told).toHaveLength(2)
})

test('it ends with the message, after six seconds of silence, and with the session', () => {
  const { clock, typing, told, heard, hear, goOnline } = begin()
  const said = (senderId: string): Message => aMessage(1, { senderId })
  const watch = watchOf(general)
  typing.watch(watch)
  hear([ada, bob])
  typing.said(said('somebody'))
  typing.said({ ...said('a'), room: lunch.key })
  expect(told).toHaveLength(1)
  typing.said(said('a'))
  expect(told[1]).toEqual([general.key, ['Bob']])
  clock.advance(5999)
  hear([bob])
  clock.advance(5999)
  expect(told.at(-1)).toEqual([general.key, ['Bob']])
  clock.advance(1)
  expect(told.at(-1)).toEqual([general.key, []])
  hear([ada])
  typing.end()
  expect(told.at(-1)).toEqual([general.key, []])
  goOnline().watch(watch)
  expect([...heard.keys()]).toEqual(['/topic/typing.general'])
})

test('a room that is shut is not heard, and is heard again once it opens', () => {
  const { typing, told, heard, hear } = begin()
  typing.watch(watchOf(general))
  hear([ada])
  typing.shut(lunch.key)
  expect(told).toHaveLength(1)
  typing.shut(general.key)
  expect(told.at(-1)).toEqual([general.key, []])
  expect(heard.size).toBe(0)
  typing.opened(lunch.key)
  expect(heard.size).toBe(0)
  typing.opened(general.key)
  hear([bob])
  expect(told.at(-1)).toEqual([general.key, ['Bob']])
})

test('what is no event of typing is left out', () => {
  const { typing, told, hear } = begin()
  typing.watch(watchOf(general))
  for (const people of [null, [{ name: 'Ada' }], [{ personId: 'a', name: '' }], Array(1001).fill(ada)])
    hear(people)
  expect(told).toEqual([])
})

test('at a host the other one sees who types, until the message is there', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const [room, theirs] = [(await a.room('general')).key, (await b.room('general')).key]
  const typingFor = ({ events }: Somebody): string[][] =>
    events.flatMap(event => (event.name === 'typingChanged' ? [event.payload.names] : []))
  await a.messenger.commands.watchTyping({ room })
  await b.messenger.commands.watchTyping({ room: theirs })
  await until(async () => {
    // The other one may not listen yet.
    for (const typing of [false, true]) await a.messenger.commands.setTyping({ room, typing })
    expect(typingFor(b)).toContainEqual(['지우'])
  })
  await a.messenger.commands.sendMessage({ room, content: '안녕' })
  await until(async () => expect(await b.texts(theirs)).toEqual(['안녕']))
  expect(typingFor(b).at(-1)).toEqual([])
  expect(typingFor(a)).toEqual([])
  expect([...a.errors(), ...b.errors()]).toEqual([])
})
