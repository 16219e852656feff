/** Messengers on servers whose profile says how they are spoken to, played. */
import { expect, onTestFinished, test } from 'vitest'
import type { RoomKey } from '../../../../shared/contract/model.ts'
import { profileOf, type ProfileInput } from '../../../../shared/contract/profile.ts'
import { serverAt, somebody, type Somebody } from '../people.ts'
import { politeScript, startScriptedServer, type ScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

const startServer = async (): Promise<ScriptedServer> => {
  const server = await startScriptedServer(politeScript())
  onTestFinished(() => server.stop())
  return server
}

const online = async (server: ScriptedServer, profile: ProfileInput): Promise<Somebody> => {
  const person = await somebody('지우')
  await person.messenger.commands.addServer({ ...serverAt(server.url), profile: profileOf(profile) })
  await until(() => expect(person.messenger.state().servers[0]?.kind).toBe('stomp'))
  return person
}
const open = (person: Somebody, name: string): Promise<RoomKey> =>
  person.messenger.commands.createRoom({ serverId: person.serverId(), name, kind: 'public' })

const framesOf = (server: ScriptedServer, command: string) =>
  server.peers.flatMap(({ frames }) => frames.filter(frame => frame.command === command))
const destinations = (server: ScriptedServer, command: string) =>
  framesOf(server, command).map(({ headers }) => headers.destination)
/** Sends a MESSAGE to the subscription of a destination. */
const give = (
  server: ScriptedServer,
  destination: string,
  body: unknown,
  headers: Record<string, string> = {},
) => {
  const subscribed = framesOf(server, 'SUBSCRIBE').findLast(
    frame => frame.headers.destination === destination,
  )
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  server
    .peer()
    .frame('MESSAGE', { subscription: subscribed?.headers.id ?? '', 'message-id': '1', ...headers }, text)
}

const chat: ProfileInput = {
  rooms: {
    subscribe: ['/topic/{roomId}', '/topic/{roomId}.notice'],
    send: '/app/chat.sendMessage/{roomId}',
    join: { destination: '/app/chat.addUser/{roomId}', body: '{"type":"JOIN","sender":{user}}' },
    leave: { destination: '/app/chat.leave/{roomId}', body: '{"type":"LEAVE","sender":{user}}' },
  },
  body: { text: ['data.content'], author: ['data.from'], send: '{"data":{"content":{text},"from":{user}}}' },
}

test('a room is subscribed at all its destinations, then joined, in every session; and left', async () => {
  const server = await startServer()
  const person = await online(server, chat)
  const room = await open(person, 'public')
  await until(() =>
    expect(
      server
        .peer()
        .frames.slice(1)
        .map(({ command, headers }) => [command, headers.destination]),
    ).toEqual([
      ['SUBSCRIBE', '/topic/public'],
      ['SUBSCRIBE', '/topic/public.notice'],
      ['SEND', '/app/chat.addUser/public'],
    ]),
  )
  expect(framesOf(server, 'SEND')[0]?.body).toBe('{"type":"JOIN","sender":"지우"}')
  give(server, '/topic/public', { data: { content: '하나', from: '민준' } })
  give(server, '/topic/public.notice', { data: { content: '둘', from: '민준' } })
  await until(async () => expect(await person.texts(room)).toEqual(['하나', '둘']))

  server.peer().close()
  await until(() => expect(destinations(server, 'SEND')).toEqual(Array(2).fill('/app/chat.addUser/public')))
  await person.messenger.commands.leaveRoom({ room })
  await until(() => expect(destinations(server, 'SEND')).toContain('/app/chat.leave/public'))
  await until(() =>
    expect(server.peer().frames.filter(({ command }) => command === 'UNSUBSCRIBE')).toHaveLength(2),
  )
})

test('what is said goes out by the template, and its echo by the mapping is the same message', async () => {
  const server = await startServer()
  const person = await online(server, { ...chat, identity: { nickname: 'jw' } })
  const room = await open(person, 'public')
  await person.messenger.commands.sendMessage({ room, content: '안녕 "<b>"' })
  await until(() => expect(destinations(server, 'SEND')).toContain('/app/chat.sendMessage/public'))
  const body = framesOf(server, 'SEND').at(-1)?.body ?? ''
  expect(JSON.parse(body)).toEqual({ data: { content: '안녕 "<b>"', from: 'jw' } })
  give(server, '/topic/public', body.replace('<b>', '&lt;b&gt;'))
  give(server, '/topic/public', { data: { content: '끝', from: '민준' } })
  await until(async () => expect((await person.texts(room)).at(-1)).toBe('끝'))
  expect(await person.messages(room)).toMatchObject([{ content: '안녕 "<b>"', own: true }, { own: false }])
})

test('one destination carries several rooms, and is subscribed once', async () => {
  const server = await startServer()
  const person = await online(server, {
    rooms: { subscribe: ['/user/queue/messages'] },
    body: { room: ['chat.id'] },
  })
  const [one, two] = [await open(person, '1'), await open(person, '2')]
  await until(() => expect(destinations(server, 'SUBSCRIBE')).toEqual(['/user/queue/messages']))
  const said = (id: number, message: string) => ({ chat: { id }, message, sender: '민준' })
  give(server, '/user/queue/messages', said(2, '둘'))
  give(server, '/user/queue/messages', said(3, '셋'))
  give(server, '/user/queue/messages', said(1, '하나'))
  await until(async () => expect(await person.texts(one)).toEqual(['하나']))
  expect(await person.texts(two)).toEqual(['둘'])
  await person.messenger.commands.leaveRoom({ room: one })
  give(server, '/user/queue/messages', said(2, '또 둘'))
  await until(async () => expect(await person.texts(two)).toEqual(['둘', '또 둘']))
  expect(framesOf(server, 'UNSUBSCRIBE')).toEqual([])
})

test('a message of one destination for two rooms is acknowledged once, when both have stored it', async () => {
  const server = await startServer()
  const person = await online(server, { rooms: { subscribe: ['/topic/all'] }, frames: { ack: 'client' } })
  const rooms = [await open(person, '1'), await open(person, '2')]
  await until(() => expect(destinations(server, 'SUBSCRIBE')).toEqual(['/topic/all']))
  person.disk.failure = { code: 'disk-full' }
  give(server, '/topic/all', '하나', { ack: 'a1' })
  await until(() => expect(person.connection().phase).toBe('waiting'))
  expect(framesOf(server, 'ACK')).toEqual([])
  person.disk.failure = null
  await until(() => expect(destinations(server, 'SUBSCRIBE')).toHaveLength(2))
  give(server, '/topic/all', '둘', { ack: 'a2' })
  await until(() => expect(framesOf(server, 'ACK').map(({ headers }) => headers.id)).toEqual(['a2']))
  for (const room of rooms) expect(await person.texts(room)).toContain('둘')
})

test('own destinations are rooms and notices, and rooms of the profile are there', async () => {
  const server = await startServer()
  const person = await online(server, {
    rooms: { source: { from: 'list', rooms: [{ id: 'public', name: '모두' }] } },
    own: [
      { destination: '/user/queue/messages', name: '쪽지' },
      { destination: '/user/queue/errors', name: 'Errors', as: 'notices' },
    ],
  })
  const direct = await person.room('쪽지')
  expect(direct).toMatchObject({ joined: true, archived: true })
  await person.room('모두')
  await until(() =>
    expect(destinations(server, 'SUBSCRIBE').toSorted()).toEqual([
      '/topic/public',
      '/user/queue/errors',
      '/user/queue/messages',
    ]),
  )
  give(server, '/user/queue/messages', { message: '몰래', sender: '민준' })
  await until(async () => expect(await person.texts(direct.key)).toEqual(['몰래']))
  give(server, '/user/queue/errors', { message: '없는 방이에요' })
  await until(() => expect(person.errors()).toEqual(['server-notice']))
  await person.messenger.commands.leaveRoom({ room: direct.key })
  await person.restart()
  await until(() => expect(person.connection().phase).toBe('online'))
  await until(() =>
    expect(server.peer().frames.some(({ headers }) => headers.destination === '/topic/public')).toBe(true),
  )
  expect(person.messenger.room(direct.key)?.joined).toBe(false)
})

test('a stream of RabbitMQ goes on behind the last stored message', async () => {
  const server = await startServer()
  const person = await online(server, {
    frames: { durable: { broker: 'rabbitmq-stream', name: 'chat.{roomId}' } },
    body: { send: '{"content":{text},"sender":{user}}' },
  })
  const room = await open(person, 'a')
  const streamed = (offset: number, content: string) =>
    give(
      server,
      '/topic/a',
      { content, sender: '민준' },
      { 'x-stream-offset': String(offset), ack: `a${offset}` },
    )
  const acks = () => framesOf(server, 'ACK').map(({ headers }) => headers.id)
  await until(() => expect(framesOf(server, 'SUBSCRIBE')).toHaveLength(1))
  expect(framesOf(server, 'SUBSCRIBE')[0]?.headers).toMatchObject({
    'x-queue-type': 'stream',
    'x-stream-offset': 'first',
  })
  streamed(0, '하나')
  streamed(1, '둘')
  await until(() => expect(acks()).toEqual(['a0', 'a1']))
  server.peer().close()
  await until(() => expect(framesOf(server, 'SUBSCRIBE')).toHaveLength(2))
  expect(framesOf(server, 'SUBSCRIBE')[1]?.headers['x-stream-offset']).toBe('offset=1')
  streamed(1, '둘')
  streamed(2, '셋')
  await until(() => expect(acks()).toEqual(['a0', 'a1', 'a1', 'a2']))
  expect(await person.texts(room)).toEqual(['하나', '둘', '셋'])
  expect(framesOf(server, 'SUBSCRIBE')).toHaveLength(2)
})
