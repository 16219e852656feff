import { Client } from '@stomp/stompjs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { Failure } from '../../../../shared/contract/errors.ts'
import type { ArrivedMessage } from '../../../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { guestOf, serverAt, somebody, startHost, temporaryFolder } from '../people.ts'
import { until } from '../until.ts'

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
  )

test('two people write, both see the same order, and their messages are confirmed', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const [roomA, roomB] = [(await a.room('general')).key, (await b.room('general')).key]
  for (let n = 0; n < 20; n++) {
    await a.messenger.commands.sendMessage({ room: roomA, content: `지우 ${n}` })
    await b.messenger.commands.sendMessage({ room: roomB, content: `민준 ${n}` })
  }
  await until(async () => {
    expect(await a.texts(roomA)).toHaveLength(40)
    expect(await b.texts(roomB)).toEqual(await a.texts(roomA))
    const mine = (await a.messages(roomA)).filter(message => message.own)
    expect(mine.map(message => message.delivery)).toEqual(Array(20).fill('confirmed'))
    expect(mine.map(message => message.content)).toEqual(Array.from({ length: 20 }, (_, n) => `지우 ${n}`))
  })
  const theirs = (await a.messages(roomA)).filter(message => !message.own)
  expect(new Set(theirs.map(message => message.sender))).toEqual(new Set(['민준']))
  expect(theirs.every(message => message.delivery === null && message.offset !== null)).toBe(true)
})

test('a minimal stompjs client joins, and nobody can send as another person', async () => {
  const host = await startHost()
  const b = await guestOf(host, '민준')
  const client = new Client()
  client.webSocketFactory = () => new WebSocket(host.ws, ['v12.stomp'])
  client.connectHeaders.login = 'A'
  onTestFinished(() => client.deactivate())
  await new Promise<void>(resolve => {
    client.onConnect = () => resolve()
    client.activate()
  })
  const body = JSON.stringify({ roomId: 'general', sender: '지우', senderId: 'x', content: '안녕 @민준님' })
  client.publish({ destination: '/app/chat/message', body })
  const room = (await b.room('general')).key
  await until(async () => expect(await b.texts(room)).toEqual(['안녕 @민준님']))
  expect((await b.messages(room))[0]).toMatchObject({ sender: 'A', own: false, mentionsMe: true })
  expect(await b.room('general')).toMatchObject({ unread: 1, mentions: 1 })
})

test('unread messages are counted, marked as read, and announced by roomChanged', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const room = (await a.room('general')).key
  const there = (await b.room('general')).key
  for (const content of ['하나', '둘 @민준', '셋']) await a.messenger.commands.sendMessage({ room, content })
  await until(async () => expect(await b.room('general')).toMatchObject({ unread: 3, mentions: 1 }))
  const [, second] = await b.messages(there)
  if (second) await b.messenger.commands.markRead({ room: there, upTo: second.id })
  expect(await b.room('general')).toMatchObject({ unread: 1, mentions: 0, lastReadId: second?.id })
  expect(b.events.at(-1)).toEqual({ name: 'roomChanged', payload: await b.room('general') })
  expect((await a.room('general')).unread).toBe(0)
})

test('after a restart missed messages arrive once, and queued ones are sent once', async () => {
  const dataDir = await temporaryFolder()
  const first = await startHost({ dataDir })
  const { port } = first
  const [a, b] = [await guestOf(first, '지우'), await guestOf(first, '민준')]
  const room = (await a.room('general')).key
  await a.messenger.commands.sendMessage({ room, content: '하나' })
  const there = (await b.room('general')).key
  await until(async () => expect(await b.texts(there)).toEqual(['하나']))

  await b.messenger.stop()
  await a.messenger.commands.sendMessage({ room, content: '둘' })
  await until(async () => expect((await a.messages(room)).at(-1)?.delivery).toBe('confirmed'))
  await first.stop()
  await until(() => expect(a.connection().phase).toBe('waiting'))
  await a.messenger.commands.sendMessage({ room, content: '셋' })
  expect((await a.messages(room)).at(-1)?.delivery).toBe('queued')
  await a.restart()
  await b.restart()
  await b.messenger.commands.saveDraft({ room: there, text: '쓰던 글' })

  await startHost({ dataDir, port })
  await until(async () => expect(await b.texts(there)).toEqual(['하나', '둘', '셋']))
  await until(async () =>
    expect((await a.messages(room)).map(each => each.delivery)).toEqual(Array(3).fill('confirmed')),
  )
  expect(await a.texts(room)).toEqual(['하나', '둘', '셋'])
  expect(await b.room('general')).toMatchObject({ unread: 3, draft: '쓰던 글' })
})

test('a long history arrives in few transactions', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const room = (await a.room('general')).key
  for (let n = 0; n < 600; n++) await a.messenger.commands.sendMessage({ room, content: `m${n}` })
  await until(async () => expect((await a.messages(room)).at(-1)?.delivery).toBe('confirmed'))

  // As slow as a disk.
  const memory = memoryCache(emptyDisk())
  const storeMessages = vi.fn(async (arrived: ArrivedMessage[]) => {
    await new Promise(resolve => setImmediate(resolve))
    return memory.storeMessages(arrived)
  })
  const cache = { ...memory, storeMessages }
  const b = await guestOf(host, '민준', { cache })
  const there = (await b.room('general')).key
  await until(async () => expect((await b.room('general')).last?.content).toBe('m599'))
  expect(storeMessages.mock.calls.length).toBeLessThan(300)
  expect(
    (await b.messenger.commands.listMessages({ room: there, limit: 200 })).messages.at(-1)?.content,
  ).toBe('m599')
})

test('a host that is switched off only appears in the connection state, until it is back', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  await host.stop()
  const error = () =>
    a.events.flatMap(event => {
      const state = event.name === 'connectionChanged' ? event.payload.state : null
      return state?.phase === 'waiting' ? [state.error.code] : []
    })
  await until(() => expect(error()).toHaveLength(3))
  expect(error()).toEqual(Array(3).fill('host-closing'))
  expect(a.errors()).toEqual([])
})

test('rooms beyond the limit of subscriptions report it, the others continue', async () => {
  const host = await startHost({ limits: { subscriptions: 6 } })
  const a = await guestOf(host, '지우')
  const create = (name: string) =>
    a.messenger.commands.createRoom({ serverId: a.serverId(), name, kind: 'public' })
  for (const name of ['하나', '둘', '셋', '넷', '다섯']) await create(name)
  const refused = () => Object.values(a.messenger.state().refusals).map(({ code }) => code)
  await until(() => expect(refused()).toEqual(Array(6).fill('too-many-subscriptions')))
  const room = (await a.room('general')).key
  await a.messenger.commands.sendMessage({ room, content: '안녕' })
  await until(async () => expect((await a.messages(room)).at(-1)?.delivery).toBe('confirmed'))
  expect(a.connection().phase).toBe('online')
  expect(a.errors()).toEqual([])
})

test('rooms are renamed, archived and restored, with the right role and for everybody', async () => {
  const host = await startHost()
  const [ada, bob] = [await guestOf(host, 'Ada'), await guestOf(host, 'Bob')]
  const { createRoom, renameRoom, archiveRoom, sendMessage } = ada.messenger.commands
  const room = await createRoom({ serverId: ada.serverId(), name: 'Plaza', kind: 'public' })
  const { key } = await bob.room('Plaza')
  await expect(bob.messenger.commands.renameRoom({ room: key, name: 'Mine', topic: '' })).rejects.toThrow(
    'not-allowed',
  )
  await renameRoom({ room, name: '광장', topic: '모두 모여요' })
  expect(await bob.room('광장')).toMatchObject({ key, topic: '모두 모여요' })

  await sendMessage({ room, content: 'kept' })
  await until(async () => expect(await bob.texts(key)).toEqual(['kept']))
  await archiveRoom({ room, archived: true })
  await until(async () => expect(await bob.room('광장')).toMatchObject({ archived: true, joined: true }))
  await bob.messenger.commands.sendMessage({ room: key, content: 'too late' })
  await until(async () =>
    expect((await bob.messages(key)).at(-1)).toMatchObject({
      delivery: 'failed',
      failure: { code: 'room-archived' },
    }),
  )
  const eve = await guestOf(host, 'Eve')
  expect(await eve.room('광장')).toMatchObject({ archived: true, joined: false })

  await archiveRoom({ room, archived: false })
  await until(async () => expect((await bob.room('광장')).archived).toBe(false))
})

test('rooms are made, appear for others, and can be left and joined again', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const key = await a.messenger.commands.createRoom({
    serverId: a.serverId(),
    name: '점심 뭐 먹지?',
    kind: 'public',
  })
  expect(a.messenger.state().rooms.find(room => room.key === key)).toMatchObject({
    name: '점심 뭐 먹지?',
    joined: true,
  })
  const there = await b.room('점심 뭐 먹지?')
  expect(there.joined).toBe(true)

  await b.messenger.commands.leaveRoom({ room: there.key })
  await a.messenger.commands.sendMessage({ room: key, content: '김밥' })
  await until(async () => expect((await a.messages(key))[0]?.delivery).toBe('confirmed'))
  await b.restart()
  await until(() => expect(b.connection().phase).toBe('online'))
  expect((await b.room('점심 뭐 먹지?')).joined).toBe(false)
  expect(await b.texts(there.key)).toEqual([])
  await b.messenger.commands.joinRoom({ room: there.key })
  await until(async () => expect(await b.texts(there.key)).toEqual(['김밥']))
})

test('a refused room shows the reason; without a connection the command rejects with offline', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const serverId = a.serverId()
  expect(await codeOf(a.messenger.commands.createRoom({ serverId, name: '\u0007', kind: 'public' }))).toBe(
    'input-invalid',
  )
  await a.messenger.commands.disconnectServer({ id: serverId })
  expect(await codeOf(a.messenger.commands.createRoom({ serverId, name: 'x', kind: 'public' }))).toBe(
    'offline',
  )
})

test('a refused message fails with the reason; a discarded one is gone', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const { key: room, serverId } = await a.room('general')
  const content = 'x'.repeat(20_001)
  const id = await a.messenger.commands.sendMessage({ room, content })
  await until(async () => expect((await a.messages(room))[0]?.delivery).toBe('failed'))
  expect((await a.messages(room))[0]?.failure?.code).toBe('message-too-long')
  await a.messenger.commands.retryMessage({ room, id })
  await until(async () => expect((await a.messages(room))[0]?.delivery).toBe('failed'))
  await a.messenger.commands.discardMessage({ room, id })
  expect(await a.texts(room)).toEqual([])
  const changes = a.events.flatMap(event => (event.name === 'messageStored' ? [event.payload] : []))
  expect(changes.at(-1)).toMatchObject({ change: 'removed', message: { room, id } })
  expect(await codeOf(a.messenger.commands.retryMessage({ room, id }))).toBe('not-found')
  expect(a.messenger.state().connections[serverId]?.phase).toBe('online')
})

test('a wrong passcode is refused, not retried, and fixed by the right one', async () => {
  const host = await startHost({ passcode: 'open sesame' })
  const a = await somebody('지우')
  await a.messenger.commands.addServer(serverAt(host.ws, 'wrong'))
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'passcode-wrong' } }),
  )
  await a.messenger.commands.updateServer({ id: a.serverId(), change: { passcode: 'open sesame' } })
  await a.room('general')
  expect(a.connection().phase).toBe('online')
  expect(a.messenger.state().servers[0]).toMatchObject({ kind: 'stompbox', hasPasscode: true })
  await a.restart()
  await until(() => expect(a.connection().phase).toBe('online'))
})

test('a claimed name belongs to its first owner; another name connects', async () => {
  const host = await startHost()
  await guestOf(host, '지우')
  const b = await somebody('지우')
  await b.messenger.commands.addServer(serverAt(host.ws))
  await until(() =>
    expect(b.connection()).toMatchObject({
      phase: 'refused',
      error: { code: 'name-taken', params: { name: '지우' } },
    }),
  )
  await b.messenger.commands.setPerson({ name: '지우2' })
  await b.room('general')
  expect(b.events.filter(event => event.name === 'personChanged').at(-1)?.payload).toEqual({ name: '지우2' })
})

test('a full disk loses nothing: the session is dropped with the reason, and resumed from the cached position', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const { key: room } = await a.room('general')
  const { key: there } = await b.room('general')
  b.disk.failure = { code: 'disk-full' }
  await a.messenger.commands.sendMessage({ room, content: '하나' })
  await until(() => expect(b.connection()).toMatchObject({ phase: 'waiting', error: { code: 'disk-full' } }))
  await a.messenger.commands.sendMessage({ room, content: '둘' })
  await until(async () => expect((await a.messages(room)).at(-1)?.delivery).toBe('confirmed'))
  expect(b.errors()).toEqual([])
  b.disk.failure = null
  b.messenger.wake()
  await until(async () => expect(await b.texts(there)).toEqual(['하나', '둘']))
  expect(b.connection().phase).toBe('online')
})

test('queuing a message on a full disk fails with an error', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const { key: room } = await a.room('general')
  a.disk.failure = { code: 'disk-full' }
  expect(await codeOf(a.messenger.commands.sendMessage({ room, content: '하나' }))).toBe('disk-full')
  a.disk.failure = null
  expect(await a.texts(room)).toEqual([])
})

test('waking up does not disturb a working connection', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const { key: room } = await a.room('general')
  const before = a.connection()
  for (let n = 0; n < 3; n++) {
    a.messenger.wake()
    await a.messenger.commands.sendMessage({ room, content: `m${n}` })
  }
  await until(async () =>
    expect((await a.messages(room)).map(message => message.delivery)).toEqual(Array(3).fill('confirmed')),
  )
  expect(a.connection()).toEqual(before)
  expect(a.errors()).toEqual([])
})
