/** The person's own typing notices: by a clock that the test owns, and between people at a real host. */
import { expect, test } from 'vitest'
import type { Session } from '../../../../shared/core/session/session.ts'
import { Typing } from '../../../../shared/core/rooms/typing.ts'
import { aRoom } from '../../contract/examples.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { fakeClock } from '../fake-clock.ts'
import { guestOf, startHost, type Somebody } from '../people.ts'
import { until } from '../until.ts'

const [general, lunch] = [aRoom('general'), aRoom('lunch')]

/** Own notices over a session whose other end is the test. */
const begin = () => {
  const clock = fakeClock()
  const said: string[] = []
  const session: Pick<Session, 'send'> = {
    send: ({ body }) => {
      const { roomId, typing } = JSON.parse(String(body)) as { roomId: string; typing: boolean }
      said.push(`${roomId} ${typing ? 'on' : 'off'}`)
      return Promise.resolve('received')
    },
  }
  const { typing: dialect } = hostDialect()
  if (!dialect) throw new Error('a host tells who types')
  const goOnline = (): Typing => new Typing({ session, dialect, clock })
  return { clock, typing: goOnline(), said, goOnline }
}

test('a typing notice is repeated every three seconds, and ended at once when the person stops', () => {
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

test('a notice of an earlier session is not ended in the next one', () => {
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

test('on a host the other person sees the notice, until the message arrives', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const [room, theirs] = [(await a.room('general')).key, (await b.room('general')).key]
  const typingFor = ({ events }: Somebody): string[][] =>
    events.flatMap(event => (event.name === 'typingChanged' ? [event.payload.names] : []))
  a.watch(room)
  b.watch(theirs)
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
