/** What every dialect has to do: run it with the one that you are building, and a server that speaks it. */
import { describe, expect, test } from 'vitest'
import {
  features,
  messageIdSchema,
  offlineType,
  roomIdSchema,
  roomKey,
  serverIdSchema,
  type Message,
  type RoomKey,
} from '../../../../shared/contract/model.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import type { ConnectedHeaders, Dialect } from '../../../../shared/core/dialect/dialect.ts'
import { createDialects, type Dialects } from '../../../../shared/core/dialect/dialects.ts'
import { aMessage } from '../../contract/examples.ts'
import { serverAt, somebody, type Somebody } from '../people.ts'
import { until } from '../until.ts'

export interface DialectCase {
  /** Starts a server that speaks it; it ends with the test. @returns its address. */
  start: () => Promise<string>
  /** What the server says in CONNECTED beside STOMP's own headers. */
  connected: ConnectedHeaders
  dialects?: Dialects
}

const profile = { kind: null, profile: profileOf() }
const roomId = roomIdSchema.parse('general')
const room = roomKey(serverIdSchema.parse('home'), roomId)
const context = { room, name: '지우', now: 1_790_000_000_000, nextId: () => 'made' }
const credentials = { name: '지우', virtualHost: 'box', passcode: null, deviceKey: null }

/** What no server should send, and some do. */
const oddFrames = [
  { headers: {}, body: '' },
  { headers: {}, body: '{"content":' },
  { headers: { 'x-stream-offset': '-1', seq: 'x', mid: '' }, body: '[]' },
  { headers: {}, body: '{"id":{},"sender":[],"sentAt":"never","type":7,"content":null}' },
  { headers: {}, body: `{"content":"\\ud800"}` },
  { headers: { sender: 'x'.repeat(100_000) }, body: 'x'.repeat(2 * 1024 * 1024) },
]

/** Registers the suite. */
export const dialectContract = (
  name: string,
  { start, connected, dialects = createDialects() }: DialectCase,
): void => {
  /** Somebody who is in the room `general`. */
  const inRoom = async (url: string, login: string): Promise<Somebody & { key: RoomKey }> => {
    const person = await somebody(login, {}, dialects)
    await person.messenger.commands.addServer(serverAt(url))
    await until(() => expect(person.connection().phase).toBe('online'))
    const known = person.messenger.state().servers[0]
    const opened = known?.features?.includes('rooms')
      ? (await person.room('general')).key
      : await person.messenger.commands.createRoom({
          serverId: person.serverId(),
          name: 'general',
          kind: 'public',
        })
    return { ...person, key: opened }
  }
  const say = (person: Somebody & { key: RoomKey }, content: string) =>
    person.messenger.commands.sendMessage({ room: person.key, content })
  const dialect: Dialect = dialects.dialectOf(connected, profile, '지우')

  describe(`the dialect ${name}`, () => {
    test('is told by CONNECTED, and is what the server is remembered by', async () => {
      const url = await start()
      const { kind, features } = dialect
      const person = await inRoom(url, '지우')
      expect(person.messenger.state().servers).toMatchObject([{ kind, features }])
      await person.messenger.commands.disconnectServer({ id: person.serverId() })
      await person.restart()
      expect(person.messenger.state().servers).toMatchObject([{ kind, features }])
      expect(dialects.lastOf({ ...profile, kind })?.kind).toBe(kind)
    })

    test('what is said arrives at the others as it was said, and once at the person who said it', async () => {
      const url = await start()
      const [a, b] = [await inRoom(url, '지우'), await inRoom(url, '민준')]
      await say(b, 'first')
      await until(async () => expect(await a.texts(a.key)).toEqual(['first']))
      const id = await say(a, ' 안녕\n"하" 👋 ')
      await until(async () =>
        expect((await b.messages(b.key)).at(-1)).toMatchObject({
          content: ' 안녕\n"하" 👋 ',
          sender: '지우',
          own: false,
        }),
      )
      await until(async () =>
        expect((await a.messages(a.key)).slice(1)).toMatchObject([{ id, own: true, delivery: 'confirmed' }]),
      )
      expect([a.errors(), b.errors()]).toEqual([[], []])
    })

    test('many messages keep their order', async () => {
      const url = await start()
      const [a, b] = [await inRoom(url, '지우'), await inRoom(url, '민준')]
      await say(a, 'first')
      await until(async () => expect(await b.texts(b.key)).toEqual(['first']))
      const texts = Array.from({ length: 30 }, (_, n) => `m${n}`)
      for (const text of texts) await say(a, text)
      await until(async () => expect(await b.texts(b.key)).toEqual(['first', ...texts]))
    })

    test('where the server keeps a history, what was missed comes later; elsewhere the person goes on from now', async () => {
      const url = await start()
      const [a, b] = [await inRoom(url, '지우'), await inRoom(url, '민준')]
      const hasHistory = a.messenger.state().servers[0]?.features?.includes('history') === true
      await say(a, 'before')
      await until(async () => expect(await b.texts(b.key)).toEqual(['before']))
      await b.messenger.commands.disconnectServer({ id: b.serverId() })
      await say(a, 'missed')
      await until(async () => expect((await a.messages(a.key)).at(-1)?.delivery).toBe('confirmed'))
      await b.messenger.commands.connectServer({ id: b.serverId() })
      const again = hasHistory ? ['before', 'missed'] : ['before']
      await until(() => expect(b.connection().phase).toBe('online'))
      await until(async () => {
        await say(b, 'back')
        const shown = (await b.messages(b.key)).filter(({ type }) => type !== offlineType)
        expect(shown.slice(0, again.length + 1).map(({ content }) => content)).toEqual([...again, 'back'])
        expect(await a.texts(a.key)).toContain('back')
      })
    })

    test('its parts are what it says that it can do', () => {
      const has = (feature: (typeof features)[number]): boolean => dialect.features.includes(feature)
      expect(dialect.directory !== null).toBe(has('rooms'))
      expect(dialect.members !== null).toBe(has('members'))
      expect(dialect.typing !== null).toBe(has('typing'))
      expect(dialect.deletion !== null).toBe(has('delete'))
      expect(dialect.features.filter(feature => !features.includes(feature))).toEqual([])
    })

    test('a passcode and a device key are shown as they are given, and none where there is none', () => {
      const said = Object.values(dialect.connectHeaders({ ...credentials, passcode: 'p1', deviceKey: 'k1' }))
      expect(said.filter(value => value === 'p1')).toHaveLength(1)
      expect(said.includes('k1')).toBe(dialect.takesDeviceKey)
      expect(Object.keys(dialect.connectHeaders(credentials))).not.toContain('passcode')
    })

    test('a room has one destination, and two rooms have two', () => {
      const at = (id: string, from: number | null) =>
        dialect.roomSubscriptions(roomIdSchema.parse(id), from)[0]?.destination
      expect(at('a', null)).toBe(at('a', 7))
      expect(at('a', null)).not.toBe(at('b', null))
      expect(at("방 $& $1'", null)).toContain("방 $& $1'")
    })

    test('no frame is too odd to be read, and what is kept is bounded', async () => {
      for (const frame of oddFrames) {
        const read = await dialect.decode(frame, context)
        expect(read.room).toBe(room)
        expect(messageIdSchema.safeParse(read.id).success).toBe(true)
        expect(read.content).toBe(read.content.toWellFormed())
        expect(read.sentAt).toBeGreaterThan(0)
        dialect.historyPoint(frame)
      }
    })

    test('a message that comes again has the same id, where the server numbers or names it', async () => {
      const message: Message = aMessage(1, { room })
      const { body, headers = {} } = dialect.encode(roomId, message)
      const frame = {
        headers: { ...headers, 'x-stream-offset': '3', seq: '3' },
        body: typeof body === 'string' ? body : new TextDecoder().decode(body),
      }
      const read = await dialect.decode(frame, context)
      const { id } = dialect.historyPoint(frame)
      if (dialect.features.includes('history')) expect(id).toBe(read.id)
      expect((await dialect.decode(frame, { ...context, nextId: () => 'other' })).id).toBe(read.id)
    })
  })
}
