/** One frame that a server answers with the end of the connection must not keep everything else from going on. */
import { expect, onTestFinished, test } from 'vitest'
import type { RoomKey } from '../../../../shared/contract/model.ts'
import { serverAt, somebody, type Somebody } from '../people.ts'
import {
  politeScript,
  startScriptedServer,
  type Peer,
  type Script,
  type ScriptedServer,
} from '../scripted-server.ts'
import { until } from '../until.ts'

/** A broker that spreads what it gets; `ends` says which frames it answers with the end of the connection, and how. */
const start = async (
  ends: (frame: Parameters<Script>[1]) => [number, string] | null,
): Promise<ScriptedServer> => {
  const rooms = new Map<Peer, Map<string, string>>()
  const server = await startScriptedServer((peer, frame) => {
    const { command, headers, body } = frame
    const end = ends(frame)
    if (end) {
      rooms.delete(peer)
      peer.close(...end)
      return
    }
    if (command === 'SUBSCRIBE')
      rooms.set(
        peer,
        (rooms.get(peer) ?? new Map<string, string>()).set(headers.destination ?? '', headers.id ?? ''),
      )
    if (command === 'SEND')
      for (const [each, ids] of rooms) {
        const subscription = ids.get(headers.destination ?? '')
        if (subscription !== undefined) each.frame('MESSAGE', { subscription, destination: '' }, body)
      }
    politeScript()(peer, frame)
  })
  onTestFinished(() => server.stop())
  return server
}

const inRooms = async (server: ScriptedServer, names: string[]): Promise<Somebody & { keys: RoomKey[] }> => {
  const person = await somebody('지우')
  await person.messenger.commands.addServer(serverAt(server.url))
  await until(() => expect(person.messenger.state().servers[0]?.kind).toBe('stomp'))
  const serverId = person.serverId()
  const keys: RoomKey[] = []
  for (const name of names)
    keys.push(await person.messenger.commands.createRoom({ serverId, name, kind: 'public' }))
  return Object.assign(person, { keys })
}
const died: [number, string] = [1000, 'STOMP died']
const deliveries = async (person: Somebody, room: RoomKey | undefined) =>
  room === undefined
    ? []
    : (await person.messages(room)).flatMap(({ own, delivery }) => (own ? [delivery] : []))

test('a room that makes the server close is refused, the others continue, and it can be retried', async () => {
  let forbidden = true
  const server = await start(({ command, headers }) =>
    forbidden && command === 'SUBSCRIBE' && headers.destination === '/topic/secret' ? died : null,
  )
  const person = await inRooms(server, ['a', 'secret', 'b'])
  const [a, secret, b] = person.keys
  if (!a || !secret || !b) throw new Error('rooms are missing')
  await until(() =>
    expect(person.messenger.state().refusals).toMatchObject({ [secret]: { code: 'server-hangs-up' } }),
  )
  await until(() => expect(person.connection().phase).toBe('online'))
  for (const room of [a, b]) await person.messenger.commands.sendMessage({ room, content: '안녕' })
  await until(async () =>
    expect([...(await deliveries(person, a)), ...(await deliveries(person, b))]).toEqual([
      'confirmed',
      'confirmed',
    ]),
  )
  const { peers } = server
  const connections = peers.length
  expect(Object.keys(person.messenger.state().refusals)).toEqual([secret])

  forbidden = false
  await person.messenger.commands.retryRoom({ room: secret })
  expect(person.messenger.state().refusals).toEqual({})
  await person.messenger.commands.sendMessage({ room: secret, content: '안녕' })
  await until(async () => expect(await deliveries(person, secret)).toEqual(['confirmed']))
  expect(server.peer().frames.map(({ headers }) => headers.destination)).toContain('/topic/secret')
  expect(peers).toHaveLength(connections)
})

test.each([
  [[1009, 'too big'], 'frame-too-large'],
  [[1011, ''], 'server-hangs-up'],
] as const)(
  'a message that a server ends the connection for (%j) fails with the reason, and what is behind it goes out',
  async (end, code) => {
    const server = await start(({ command, body }) =>
      command === 'SEND' && body.length > 8192 ? [...end] : null,
    )
    const person = await inRooms(server, ['a'])
    const [room] = person.keys
    if (!room) throw new Error('the room is missing')
    await person.messenger.commands.disconnectServer({ id: person.serverId() })
    for (const content of ['하나', '가'.repeat(10_000), '둘'])
      await person.messenger.commands.sendMessage({ room, content })
    // What waits is found out about after a restart as well.
    await person.restart()
    await person.messenger.commands.connectServer({ id: person.serverId() })
    await until(async () =>
      expect(await deliveries(person, room)).toEqual(['confirmed', 'failed', 'confirmed']),
    )
    expect((await person.messages(room))[1]?.failure).toMatchObject({ code })
    await until(() => expect(person.connection().phase).toBe('online'))

    const connections = server.peers.length
    await person.messenger.commands.sendMessage({ room, content: '셋' })
    await until(async () => expect((await deliveries(person, room)).at(-1)).toBe('confirmed'))
    expect(server.peers).toHaveLength(connections)
  },
)

test('a room whose SUBSCRIBE is confirmed before the server closes is found as well', async () => {
  const server = await startScriptedServer((peer, frame) => {
    politeScript()(peer, frame)
    if (frame.command === 'SUBSCRIBE' && frame.headers.destination === '/topic/secret') peer.close(...died)
  })
  onTestFinished(() => server.stop())
  const person = await inRooms(server, ['a', 'secret', 'b'])
  const secret = person.keys[1] ?? ''
  await until(() =>
    expect(person.messenger.state().refusals).toMatchObject({ [secret]: { code: 'server-hangs-up' } }),
  )
  await until(() => expect(person.connection().phase).toBe('online'))
  expect(Object.keys(person.messenger.state().refusals)).toEqual([secret])
})

test('a room that delivers a too large frame is refused, and the others continue', async () => {
  const server = await startScriptedServer((peer, frame) => {
    politeScript()(peer, frame)
    const { command, headers } = frame
    if (command === 'SUBSCRIBE' && headers.destination === '/topic/huge')
      peer.frame(
        'MESSAGE',
        { subscription: headers.id ?? '', 'message-id': '1' },
        'x'.repeat(5 * 1024 * 1024),
      )
  })
  onTestFinished(() => server.stop())
  const person = await inRooms(server, ['a', 'huge'])
  const huge = person.keys[1] ?? ''
  await until(() =>
    expect(person.messenger.state().refusals).toMatchObject({ [huge]: { code: 'delivery-too-large' } }),
  )
  await until(() => expect(person.connection().phase).toBe('online'))
  expect(Object.keys(person.messenger.state().refusals)).toEqual([huge])
})
