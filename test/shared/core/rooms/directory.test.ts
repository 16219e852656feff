/** The directory of a host and the history of its rooms, played frame by frame. */
import { expect, onTestFinished, test } from 'vitest'
import { fakeClock } from '../fake-clock.ts'
import { serverAt, somebody } from '../people.ts'
import { politeScript, startScriptedServer, type Script } from '../scripted-server.ts'
import { until } from '../until.ts'

const listed = (
  roomId: string,
  change: { name?: string; topic?: string; kind?: string; nextOffset?: number } = {},
) => ({
  roomId,
  name: roomId,
  topic: '',
  kind: 'public',
  role: 'member',
  ...change,
})

/** Somebody at a host whose directory holds `rooms`; `script` comes before what a host does. */
const atHost = async (rooms: unknown[], script: Script = () => undefined, clock = fakeClock()) => {
  const directory: { rooms: unknown[]; archived: unknown[] } = { rooms, archived: [] }
  const server = await startScriptedServer((peer, frame) => {
    script(peer, frame)
    politeScript({ server: 'stompbox/0.1', 'person-id': 'me', 'heart-beat': '0,0' })(peer, frame)
    const { destination, id = '' } = frame.headers
    if (frame.command !== 'SUBSCRIBE') return
    const answers = { '/app/rooms': directory.rooms, '/app/rooms/archived': directory.archived }
    for (const [asked, rooms] of Object.entries(answers)) {
      if (destination === asked)
        peer.frame('MESSAGE', { subscription: id, destination }, JSON.stringify({ rooms }))
    }
  })
  onTestFinished(() => server.stop())
  const a = await somebody('지우', { clock })
  await a.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(a.connection().phase).toBe('online'))
  const subscription = (destination: string) =>
    server
      .peer()
      .frames.findLast(frame => frame.command === 'SUBSCRIBE' && frame.headers.destination === destination)
      ?.headers
  /** Delivers to the newest subscription of a destination. */
  const deliver = (destination: string, body: unknown, headers: Record<string, string> = {}) =>
    server
      .peer()
      .frame(
        'MESSAGE',
        { subscription: subscription(destination)?.id ?? '', destination, ...headers },
        JSON.stringify(body),
      )
  const sayIn = (roomId: string, content: string, offset: number) =>
    deliver(
      `/topic/room.${roomId}`,
      { id: `id-${content}`, sender: '민준', senderId: 'm', content },
      { 'x-stream-offset': String(offset) },
    )
  const say = (content: string, offset: number) => sayIn('a', content, offset)
  return { a, server, directory, subscription, deliver, say, sayIn, clock }
}

test('every room is joined from its beginning; an unreadable one hides no other', async () => {
  const { a, subscription } = await atHost([
    listed('a'),
    { roomId: '', name: 7 },
    listed('b', { name: '비', topic: '주제' }),
  ])
  await until(() => expect(subscription('/topic/room.b')).toBeDefined())
  expect(subscription('/topic/room.a')).toMatchObject({ id: '/topic/room.a', 'x-stream-offset': 'first' })
  expect(a.messenger.state().rooms).toMatchObject([
    { roomId: 'a' },
    { roomId: 'b', name: '비', topic: '주제', joined: true },
  ])
})

test('rooms appear, change and disappear', async () => {
  const { a, server, deliver, subscription, say } = await atHost([listed('a'), listed('b')])
  await until(() => expect(subscription('/topic/room.b')).toBeDefined())
  deliver('/topic/rooms', { type: 'ROOM_CREATED', room: listed('c') })
  await until(() => expect(subscription('/topic/room.c')).toBeDefined())
  deliver('/topic/rooms', { type: 'ROOM_CHANGED', room: listed('c', { name: '씨' }) })
  await a.room('씨')
  const subscribed = server.peer().frames.filter(frame => frame.headers.destination === '/topic/room.c')
  expect(subscribed).toHaveLength(1)

  say('안녕', 0)
  await until(async () => expect((await a.room('a')).last?.content).toBe('안녕'))
  for (const roomId of ['a', 'b']) deliver('/topic/rooms', { type: 'ROOM_REMOVED', room: listed(roomId) })
  await until(() =>
    expect(a.messenger.state().rooms.map(room => [room.roomId, room.joined])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]),
  )
  await until(() =>
    expect(server.peer().frames.filter(frame => frame.command === 'UNSUBSCRIBE')).toHaveLength(2),
  )
  expect(await a.texts((await a.room('a')).key)).toEqual(['안녕'])
})

test('a room archived live or while away stays with its messages', async () => {
  const { a, server, directory, say, deliver, subscription } = await atHost([listed('a'), listed('b')])
  await until(() => expect(subscription('/topic/room.b')).toBeDefined())
  say('안녕', 0)
  await until(async () => expect((await a.room('a')).unread).toBe(1))
  deliver('/topic/rooms', { type: 'ROOM_CHANGED', room: { ...listed('b'), archived: true } })
  await until(async () => expect(await a.room('b')).toMatchObject({ joined: true, archived: true }))

  directory.rooms = []
  directory.archived = [listed('a'), listed('b'), listed('c')]
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(subscription('/topic/room.a')).toBeDefined())
  const all = (await Promise.all(['a', 'b', 'c'].map(name => a.room(name)))).map(({ joined, archived }) => [
    joined,
    archived,
  ])
  expect(all).toEqual([
    [true, true],
    [true, true],
    [false, true],
  ])
  deliver('/topic/rooms', { type: 'ROOM_CHANGED', room: listed('a') })
  await until(async () => expect((await a.room('a')).archived).toBe(false))
})

test('a room that vanished while away is left, with its messages', async () => {
  const { a, server, directory, say, subscription } = await atHost([listed('a'), listed('b')])
  await until(() => expect(subscription('/topic/room.b')).toBeDefined())
  say('안녕', 0)
  await until(async () => expect((await a.room('a')).unread).toBe(1))
  directory.rooms = [listed('b')]
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(subscription('/topic/room.b')).toBeDefined())
  expect((await a.room('a')).joined).toBe(false)
  expect(subscription('/topic/room.a')).toBeUndefined()
})

test('messages from before the person joined are read; a public room made while they were away is unread', async () => {
  const past = listed('past', { kind: 'public', nextOffset: 2 })
  const { a, server, directory, sayIn, subscription } = await atHost([past])
  await until(() => expect(subscription('/topic/room.past')).toBeDefined())
  for (const offset of [0, 1]) sayIn('past', `예전 ${offset}`, offset)
  sayIn('past', '새로', 2)
  await until(async () =>
    expect(await a.room('past')).toMatchObject({ unread: 1, last: { content: '새로' } }),
  )
  directory.rooms = [past, listed('made', { kind: 'public', nextOffset: 2 })]
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(subscription('/topic/room.made')).toBeDefined())
  for (const offset of [0, 1]) sayIn('made', `${offset}`, offset)
  await until(async () => expect(await a.room('made')).toMatchObject({ unread: 2, last: { content: '1' } }))
})

test('on return, the rooms with the latest messages are followed first', async () => {
  const names = ['old', 'silent', 'new']
  const { a, server, sayIn, subscription, clock } = await atHost(names.map(name => listed(name)))
  await until(() => expect(subscription('/topic/room.new')).toBeDefined())
  sayIn('old', '하나', 0)
  await until(async () => expect((await a.room('old')).unread).toBe(1))
  clock.advance(1_000)
  sayIn('new', '둘', 0)
  await until(async () => expect((await a.room('new')).unread).toBe(1))
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  const followed = () =>
    server
      .peer()
      .frames.flatMap(({ command, headers: { destination = '' } }) =>
        command === 'SUBSCRIBE' && destination.startsWith('/topic/room.') ? destination : [],
      )
  const order = ['new', 'old', 'silent'].map(name => `/topic/room.${name}`)
  await until(() => expect(followed()).toEqual(order))
})

test('invalid events are ignored', async () => {
  const { a, deliver, subscription } = await atHost([listed('a')])
  await until(() => expect(subscription('/topic/room.a')).toBeDefined())
  for (const body of [{ type: 'ROOM_EXPLODED', room: listed('x') }, [], 'x', { room: 1 }])
    deliver('/topic/rooms', body)
  deliver('/topic/rooms', { type: 'ROOM_CREATED', room: listed('y') })
  await a.room('y')
  expect(a.messenger.state().rooms.map(room => room.roomId)).toEqual(['a', 'y'])
  expect(a.errors()).toEqual([])
})

test('a subscription resumes with the last message', async () => {
  const { a, server, say, subscription } = await atHost([listed('a')])
  await until(() => expect(subscription('/topic/room.a')).toBeDefined())
  for (const [offset, text] of ['하나', '둘', '셋'].entries()) say(text, offset)
  await until(async () => expect((await a.room('a')).unread).toBe(3))
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(subscription('/topic/room.a')?.['x-stream-offset']).toBe('offset=2'))
})

test('a host that counts from zero again is read from its beginning', async () => {
  const { a, server, say, subscription } = await atHost([listed('a')])
  await until(() => expect(subscription('/topic/room.a')).toBeDefined())
  say('예전', 500)
  await until(async () => expect((await a.room('a')).unread).toBe(1))
  await a.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(subscription('/topic/room.a')?.['x-stream-offset']).toBe('offset=500'))
  const before = subscription('/topic/room.a')?.id ?? ''
  say('새로', 2)
  await until(() => expect(subscription('/topic/room.a')?.['x-stream-offset']).toBe('first'))
  // What was under way to the subscription before is not the beginning: it comes again with that.
  const underWay = { subscription: before, destination: '/topic/room.a', 'x-stream-offset': '3' }
  server.peer().frame('MESSAGE', underWay, JSON.stringify({ id: 'under-way', content: '도중' }))
  for (const [offset, text] of ['처음', '다음', '새로'].entries()) say(text, offset)
  const { key } = await a.room('a')
  const all = ['다음', '새로', '예전', '처음'].sort()
  await until(async () => expect((await a.texts(key)).sort()).toEqual(all))
})

test('a request for a room succeeds with an answer, fails with a reason, and is given up without either', async () => {
  const answers: Record<string, (requestId: string) => [string, Record<string, string>, string]> = {
    점심: requestId => [
      '/user/queue/replies',
      {},
      JSON.stringify({ requestId, room: listed('lunch', { name: '점심' }) }),
    ],
    욕: requestId => [
      '/user/queue/errors',
      { requestId, code: 'input-invalid', message: 'not that name' },
      'not that name',
    ],
  }
  const { a, server, clock } = await atHost([], (peer, { headers, body }) => {
    if (headers.destination !== '/app/room/create') return
    const { name, requestId } = JSON.parse(body) as { name: string; requestId: string }
    const answer = answers[name]?.(requestId)
    if (!answer) return
    const [destination, more, text] = answer
    const id = peer.frames.find(frame => frame.headers.destination === destination)?.headers.id ?? ''
    peer.frame('MESSAGE', { subscription: id, destination, ...more }, text)
  })
  const { commands } = a.messenger
  const serverId = a.serverId()
  const key = await commands.createRoom({ serverId, name: '점심', kind: 'public' })
  expect(await a.room('점심')).toMatchObject({ key, roomId: 'lunch', joined: true })
  await expect(commands.createRoom({ serverId, name: '욕', kind: 'public' })).rejects.toThrow('input-invalid')
  const silent = expect(commands.createRoom({ serverId, name: '침묵', kind: 'public' })).rejects.toThrow(
    'offline',
  )
  await until(() => expect(server.peer().frames.at(-1)?.body).toContain('침묵'))
  clock.advance(10_000)
  await silent
})

test('an unexpected refusal is reported, once for each reason', async () => {
  const { a, deliver, subscription } = await atHost([])
  await until(() => expect(subscription('/user/queue/errors')).toBeDefined())
  for (const message of ['full', 'full', 'closed']) deliver('/user/queue/errors', 'x', { message })
  await until(() => expect(a.errors()).toEqual(['server-error', 'server-error']))
})

test('a host that refuses endlessly is followed for a while', async () => {
  const { a, deliver, subscription } = await atHost([])
  await until(() => expect(subscription('/topic/rooms')).toBeDefined())
  for (let n = 0; n < 500; n++) deliver('/user/queue/errors', {}, { message: `no ${n}` })
  deliver('/topic/rooms', { type: 'ROOM_CREATED', room: listed('after') })
  await a.room('after')
  expect(a.errors()).toHaveLength(50)
})
