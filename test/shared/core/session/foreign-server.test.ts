/** Messengers on brokers that know nothing of Stompbox: what RabbitMQ, ActiveMQ and Spring's simple broker do, played. */
import { expect, onTestFinished, test } from 'vitest'
import { firstReceiptDeadline } from '../../../../shared/core/session/receipts.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import type { RoomKey } from '../../../../shared/contract/model.ts'
import { fakeClock } from '../fake-clock.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { serverAt, somebody, type Somebody } from '../people.ts'
import {
  politeScript,
  startScriptedServer,
  type Peer,
  type Script,
  type ScriptedServer,
} from '../scripted-server.ts'
import { until } from '../until.ts'

const start = async (script: Script): Promise<ScriptedServer> => {
  const server = await startScriptedServer(script)
  onTestFinished(() => server.stop())
  return server
}

/** A broker of topics: what is sent to a destination comes back to everybody who subscribes to it, changed by `change`. */
const broker = (peers: () => Peer[], change = (body: string) => body): Script => {
  const subscriptions = new Map<Peer, Map<string, string>>()
  return (peer, frame) => {
    const mine = subscriptions.get(peer) ?? new Map<string, string>()
    subscriptions.set(peer, mine)
    if (frame.command === 'SUBSCRIBE') mine.set(frame.headers.destination ?? '', frame.headers.id ?? '')
    if (frame.command === 'SEND') {
      for (const each of peers().filter(({ closed }) => !closed)) {
        const subscription = subscriptions.get(each)?.get(frame.headers.destination ?? '')
        if (subscription === undefined) continue
        each.frame('MESSAGE', { subscription, 'message-id': crypto.randomUUID() }, change(frame.body))
      }
    }
    politeScript()(peer, frame)
  }
}
const startBroker = (change?: (body: string) => string): Promise<ScriptedServer> => {
  const peers: Peer[] = []
  const script = broker(() => peers, change)
  return start((peer, frame) => {
    if (!peers.includes(peer)) peers.push(peer)
    script(peer, frame)
  })
}

const inRoom = async (server: ScriptedServer, name: string): Promise<Somebody & { key: RoomKey }> => {
  const person = await somebody(name)
  await person.messenger.commands.addServer({
    ...serverAt(server.url),
    profile: profileOf({ rooms: { subscribe: ['/sub/chat/{roomId}'], send: '/sub/chat/{roomId}' } }),
  })
  await until(() => expect(person.messenger.state().servers[0]?.kind).toBe('stomp'))
  const key = await person.messenger.commands.createRoom({
    serverId: person.serverId(),
    name: '우리 반',
    kind: 'public',
  })
  await until(() => {
    const frames = server.peers.flatMap(peer => peer.frames)
    expect(frames.some(frame => frame.headers.destination === '/sub/chat/우리 반')).toBe(true)
  })
  return { ...person, key }
}

test('a room is subscribed to before a message goes there, however long the cache takes', async () => {
  const server = await startBroker()
  const slow = memoryCache(emptyDisk())
  const saveFollowed = slow.saveFollowed.bind(slow)
  const written = Promise.withResolvers<undefined>()
  slow.saveFollowed = async (...given) => {
    await written.promise
    await saveFollowed(...given)
  }
  const a = await somebody('지우', { cache: slow })
  await a.messenger.commands.addServer({ ...serverAt(server.url), profile: profileOf() })
  await until(() => expect(a.connection().phase).toBe('online'))
  const { createRoom, sendMessage } = a.messenger.commands
  const room = await createRoom({ serverId: a.serverId(), name: '우리 반', kind: 'public' })
  await sendMessage({ room, content: '안녕' })
  await expect(a.texts(room)).resolves.toEqual(['안녕'])
  written.resolve(undefined)
  const commands = () => server.peers.flatMap(({ frames }) => frames).map(({ command }) => command)
  await until(() => expect(commands()).toContain('SEND'))
  expect(commands().filter(each => each === 'SUBSCRIBE' || each === 'SEND')).toEqual(['SUBSCRIBE', 'SEND'])
})

test('people on a plain broker see each other, by the templates of the profile', async () => {
  const server = await startBroker()
  const [a, b] = [await inRoom(server, '지우'), await inRoom(server, '민준')]
  await until(() =>
    expect(server.peers.map(peer => peer.frames.at(-1)?.command)).toEqual(['SUBSCRIBE', 'SUBSCRIBE']),
  )
  await a.messenger.commands.sendMessage({ room: a.key, content: '안녕 @민준님' })
  await until(async () => expect(await b.texts(b.key)).toEqual(['안녕 @민준님']))
  expect((await b.messages(b.key))[0]).toMatchObject({
    sender: '지우',
    own: false,
    mentionsMe: true,
    offset: null,
  })
  await until(async () => expect((await a.messages(a.key))[0]?.delivery).toBe('confirmed'))
  expect(await a.texts(a.key)).toEqual(['안녕 @민준님'])
})

test('an echo without the id does not become a second message', async () => {
  const server = await startBroker(body => {
    const { sender, content } = JSON.parse(body) as { sender: string; content: string }
    return JSON.stringify({ id: 17, writer: sender, message: content })
  })
  const a = await inRoom(server, '지우')
  for (const content of ['ㅋㅋ', 'ㅋㅋ', '응'])
    await a.messenger.commands.sendMessage({ room: a.key, content })
  await until(async () =>
    expect((await a.messages(a.key)).map(message => message.delivery)).toEqual(Array(3).fill('confirmed')),
  )
  server.peer().frame('MESSAGE', { subscription: 'sub-0' }, '{"writer":"민준","message":"끝"}')
  await until(async () => expect(await a.texts(a.key)).toEqual(['ㅋㅋ', 'ㅋㅋ', '응', '끝']))
})

test('rooms of a plain broker are joined again after a restart, and waiting messages are sent', async () => {
  const server = await startBroker()
  const a = await inRoom(server, '지우')
  await a.messenger.commands.disconnectServer({ id: a.serverId() })
  await a.messenger.commands.sendMessage({ room: a.key, content: '기다렸어' })
  expect((await a.messages(a.key))[0]?.delivery).toBe('queued')
  await a.messenger.commands.createRoom({ serverId: a.serverId(), name: '다른 방', kind: 'public' })
  await a.messenger.commands.connectServer({ id: a.serverId() })
  await until(async () =>
    expect((await a.messages(a.key)).find(({ own }) => own)?.delivery).toBe('confirmed'),
  )
  const subscribed = server.peer().frames.filter(frame => frame.command === 'SUBSCRIBE')
  expect(subscribed.map(frame => frame.headers.destination).toSorted()).toEqual([
    '/sub/chat/다른 방',
    '/sub/chat/우리 반',
  ])
})

test('RabbitMQ: without a virtual host in the profile the default one is tried', async () => {
  const server = await start((peer, frame) => {
    if (frame.command === 'CONNECT' && frame.headers.host !== '/') {
      peer.frame(
        'ERROR',
        { message: 'Bad CONNECT' },
        `Virtual host '${frame.headers.host ?? ''}' access denied\n`,
      )
    } else politeScript()(peer, frame)
  })
  const a = await somebody('지우')
  await a.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(server.peers.map(peer => peer.frames[0]?.headers.host)).toEqual(['127.0.0.1', '/'])

  await a.messenger.commands.updateServer({
    id: a.serverId(),
    change: { profile: profileOf({ connect: { virtualHost: '/mine' } }) },
  })
  await until(() =>
    expect(a.connection()).toMatchObject({
      phase: 'refused',
      error: { code: 'virtual-host-unknown', params: { virtualHost: '/mine' } },
    }),
  )
})

test('an expired login is not retried forever', async () => {
  const server = await start(peer =>
    peer.frame('ERROR', { message: 'Bad CONNECT' }, 'Access refused for user x'),
  )
  const a = await somebody('지우')
  await a.messenger.commands.addServer({
    ...serverAt(server.url, 'old token'),
    profile: profileOf({ connect: { login: 'jiwoo' } }),
  })
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'login-refused' } }),
  )
  expect(server.peer().frames[0]?.headers).toMatchObject({ login: 'jiwoo', passcode: 'old token' })
  a.messenger.wake()
  expect(server.peers).toHaveLength(1)
})

test('a server that accepted the person before is retried, whatever its refusal; with another passcode it is not', async () => {
  let full = false
  const server = await start((peer, frame) => {
    if (frame.command === 'CONNECT' && full)
      peer.frame('ERROR', { message: 'Bad CONNECT' }, "Virtual host '/' access denied")
    else politeScript()(peer, frame)
  })
  const a = await somebody('지우')
  await a.messenger.commands.addServer({
    ...serverAt(server.url, 'right'),
    profile: profileOf({ connect: { virtualHost: '/' } }),
  })
  await until(() => expect(a.connection().phase).toBe('online'))
  full = true
  server.peer().close()
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'waiting', error: { code: 'virtual-host-unknown' } }),
  )
  full = false
  await until(() => expect(a.connection().phase).toBe('online'))

  full = true
  await a.messenger.commands.updateServer({ id: a.serverId(), change: { passcode: 'another' } })
  await until(() => expect(a.connection().phase).toBe('refused'))
})

test('a broker that closes without a reason is retried', async () => {
  let refusing = true
  const server = await start((peer, frame) => (refusing ? peer.close() : politeScript()(peer, frame)))
  const a = await somebody('지우')
  await a.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(a.connection().phase).toBe('waiting'))
  refusing = false
  await until(() => expect(a.connection().phase).toBe('online'))
})

test('Spring’s simple broker: without receipts a message is sent once, and its echo confirms it', async () => {
  const clock = fakeClock()
  let echoing = false
  const server = await start((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2', 'heart-beat': '0,0' })
    if (frame.command === 'SEND' && echoing) peer.frame('MESSAGE', { subscription: 'sub-0' }, frame.body)
    if (frame.command === 'DISCONNECT') peer.close()
  })
  const a = await somebody('지우', { clock })
  await a.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(a.messenger.state().servers[0]?.kind).toBe('stomp'))
  const room = await a.messenger.commands.createRoom({
    serverId: a.serverId(),
    name: 'general',
    kind: 'public',
  })
  const sent = () => server.peers.flatMap(peer => peer.frames.filter(frame => frame.command === 'SEND'))
  await until(() => expect(server.peer().frames).toHaveLength(2))

  await a.messenger.commands.sendMessage({ room, content: '하나' })
  await until(() => {
    clock.advance(firstReceiptDeadline)
    expect(sent()).toHaveLength(1)
  })
  await until(async () => expect((await a.messages(room))[0]?.delivery).toBe('sent'))
  echoing = true
  await a.messenger.commands.sendMessage({ room, content: '둘' })
  await until(async () => expect((await a.messages(room))[1]?.delivery).toBe('confirmed'))

  server.peer().close()
  await until(() => expect(a.connection().phase).toBe('waiting'))
  await until(() => {
    clock.advance(1000)
    expect(a.connection().phase).toBe('online')
  })
  clock.advance(firstReceiptDeadline)
  await a.messenger.commands.sendMessage({ room, content: '셋' })
  await until(() => expect(sent()).toHaveLength(3))
  const contents = () => sent().map(frame => (JSON.parse(frame.body) as { content: string }).content)
  expect(contents()).toEqual(['하나', '둘', '셋'])

  const [first] = await a.messages(room)
  expect(first).toMatchObject({ delivery: 'sent', failure: { code: 'not-confirmed' } })
  if (first) await a.messenger.commands.retryMessage({ room, id: first.id })
  await until(async () => expect((await a.messages(room))[0]?.delivery).toBe('confirmed'))
  expect(contents()).toEqual(['하나', '둘', '셋', '하나'])
})

test('a message from a queue is acknowledged when it is stored, and not before', async () => {
  const server = await start(politeScript())
  const person = await somebody('지우')
  await person.messenger.commands.addServer({
    ...serverAt(server.url),
    profile: profileOf({ rooms: { subscribe: ['/queue/{roomId}'] } }),
  })
  await until(() => expect(person.messenger.state().servers[0]?.kind).toBe('stomp'))
  const room = await person.messenger.commands.createRoom({
    serverId: person.serverId(),
    name: 'a',
    kind: 'public',
  })
  const give = async (content: string) => {
    await until(() => expect(server.peer().frames.at(-1)?.command).toBe('SUBSCRIBE'))
    const { headers } = server.peer().frames.at(-1) ?? {}
    expect(headers).toMatchObject({ destination: '/queue/a', ack: 'client-individual' })
    server
      .peer()
      .frame('MESSAGE', { subscription: headers?.id ?? '', 'message-id': '1', ack: content }, content)
  }
  const acks = () =>
    server.peers.flatMap(({ frames }) =>
      frames.filter(({ command }) => command === 'ACK').map(({ headers }) => headers.id),
    )
  person.disk.failure = { code: 'disk-full' }
  await give('하나')
  await until(() => expect(person.connection().phase).toBe('waiting'))
  expect(acks()).toEqual([])
  person.disk.failure = null
  await until(() => expect(person.connection().phase).toBe('online'))
  await give('둘')
  await until(() => expect(acks()).toEqual(['둘']))
  expect(await person.texts(room)).toContain('둘')
})

test('on a server without history a line stands where messages may be missing, also across a restart', async () => {
  const server = await startBroker()
  const [a, b] = [await inRoom(server, '지우'), await inRoom(server, '민준')]
  const types = async () => (await a.messages(a.key)).map(({ type }) => type)
  const say = async (content: string) => {
    await b.messenger.commands.sendMessage({ room: b.key, content })
    await until(async () => expect((await b.messages(b.key)).at(-1)?.delivery).toBe('confirmed'))
  }
  await say('하나')
  await until(async () => expect(await types()).toEqual(['CHAT']))

  await a.messenger.commands.disconnectServer({ id: a.serverId() })
  await say('놓친 말')
  await a.messenger.commands.connectServer({ id: a.serverId() })
  await until(async () => expect(await types()).toEqual(['CHAT', 'OFFLINE']))
  const [, line] = await a.messages(a.key)
  expect(line?.sentAt).toBeLessThanOrEqual(line?.receivedAt ?? 0)
  await a.restart()
  await until(async () => expect(await types()).toEqual(['CHAT', 'OFFLINE', 'OFFLINE']))
  expect(a.messenger.room(a.key)).toMatchObject({ unread: 1, last: { content: '하나' } })

  await a.messenger.commands.leaveRoom({ room: a.key })
  await a.messenger.commands.joinRoom({ room: a.key })
  await until(() => expect(a.messenger.room(a.key)?.joined).toBe(true))
  await until(async () => expect(await types()).toEqual(['CHAT', 'OFFLINE', 'OFFLINE']))
})

test('other servers get no device key once they are known', async () => {
  const server = await startBroker()
  const person = await somebody('지우')
  await person.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(person.messenger.state().servers[0]?.kind).toBe('stomp'))
  await person.restart()
  await until(() => expect(server.peers).toHaveLength(2))
  await until(() => expect(server.peer().frames).not.toEqual([]))
  const keys = server.peers.map(({ frames }) => typeof frames[0]?.headers['device-key'])
  expect(keys).toEqual(['string', 'undefined'])
})
