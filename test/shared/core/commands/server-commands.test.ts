import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../../../shared/contract/errors.ts'
import { serverIdSchema } from '../../../../shared/contract/model.ts'
import type { MessageCache } from '../../../../shared/core/ports.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { fakeClock } from '../fake-clock.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import {
  guestOf,
  invitationTo,
  serverAt,
  somebody,
  startHost,
  temporaryFolder,
  type Somebody,
} from '../people.ts'
import { memorySecrets } from '../real-ports.ts'
import { politeScript, startScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

test('an address is completed if possible, and refused otherwise', async () => {
  const a = await somebody(null)
  const server = await a.messenger.commands.addServer(serverAt('http://127.0.0.1:1'))
  expect(server.url).toBe('ws://127.0.0.1:1/stomp')
  await expect(a.messenger.commands.addServer(serverAt('ftp://x'))).rejects.toThrow('url-invalid')
  const change = { url: 'mqtt://x' }
  await expect(a.messenger.commands.updateServer({ id: server.id, change })).rejects.toThrow('url-invalid')
  expect(a.messenger.state().servers).toEqual([server])
})

test('nothing connects before there is a name; the first name connects all servers', async () => {
  const host = await startHost()
  const a = await somebody(null)
  await a.messenger.commands.addServer(serverAt(host.ws))
  expect(a.connection().phase).toBe('off')
  await a.messenger.commands.setPerson({ name: '지우' })
  await a.room('general')
})

test('a known server is not added again: its new fields are stored, and it is switched on', async () => {
  const host = await startHost({ passcode: 'open sesame' })
  const a = await somebody('지우')
  const { addServer, disconnectServer } = a.messenger.commands
  const { id } = await addServer(serverAt(host.ws, 'wrong'))
  await until(() => expect(a.connection().phase).toBe('refused'))
  await disconnectServer({ id })

  const again = await addServer({ ...serverAt(host.ws, 'open sesame'), name: 'As the link calls it' })
  expect(again).toMatchObject({ id, name: 'Box', enabled: true, hasPasscode: true })
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(await addServer({ ...serverAt(host.ws), url: new URL(host.ws).host })).toEqual(
    a.messenger.state().servers[0],
  )
  expect(a.messenger.state().servers).toHaveLength(1)
})

test('a server that gained TLS is the same one; fields that an invitation lacks stay', async () => {
  const a = await somebody(null)
  const { addServer } = a.messenger.commands
  const fingerprint = 'ab'.repeat(32)
  const plain = {
    ...serverAt('ws://127.0.0.1:1/stomp'),
    profile: profileOf({ connect: { login: 'bot' } }),
  }
  const { id } = await addServer(plain)
  const url = 'wss://127.0.0.1:1/stomp'
  const known = { id, url, fingerprint, profile: plain.profile }
  expect(await addServer(invitationTo(url, fingerprint))).toMatchObject(known)
  expect(await addServer(invitationTo(url))).toMatchObject(known)
  // Nobody is led back to where everything can be read on the way.
  expect((await addServer(plain)).id).not.toBe(id)
})

test('a switched-off server stays off after a restart; switched on it connects at once', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const id = a.serverId()
  await a.messenger.commands.disconnectServer({ id })
  expect(a.connection().phase).toBe('off')
  await a.restart()
  expect(a.connection().phase).toBe('off')
  expect(a.messenger.state().servers[0]?.enabled).toBe(false)
  await a.messenger.commands.connectServer({ id })
  await until(() => expect(a.connection().phase).toBe('online'))
})

test.each<[string, (who: Somebody) => unknown]>([
  ['connectServer', who => who.messenger.commands.connectServer({ id: who.serverId() })],
  ['waking up', who => who.messenger.wake()],
])('%s does not wait for the back-off', async (_name, tryAtOnce) => {
  const dataDir = await temporaryFolder()
  const host = await startHost({ dataDir })
  // Nothing that waits for time gets anywhere.
  const a = await guestOf(host, '지우', { clock: fakeClock() })
  await host.stop()
  await until(() => expect(a.connection().phase).toBe('waiting'))
  await startHost({ dataDir, port: host.port })
  await tryAtOnce(a)
  await until(() => expect(a.connection().phase).toBe('online'))
})

test('a new name for a server changes nothing else, and keeps the session', async () => {
  const host = await startHost()
  const a = await guestOf(host, '지우')
  const before = a.messenger.state().servers[0]
  const { since } = { since: 0, ...a.connection() }
  await a.messenger.commands.updateServer({ id: a.serverId(), change: { name: '우리 반' } })
  expect(a.messenger.state().servers[0]).toEqual({ ...before, name: '우리 반' })
  expect(a.connection()).toEqual({ phase: 'online', since })
})

test('a removed server is gone with its rooms, messages and passcode; its device key stays', async () => {
  const host = await startHost({ passcode: 'open sesame' })
  const kept = new Map<string, string>()
  const a = await somebody('지우', { secrets: memorySecrets(kept) })
  await a.messenger.commands.addServer(serverAt(host.ws, 'open sesame'))
  const { key: room } = await a.room('general')
  expect(kept.size).toBe(2)
  const id = a.serverId()
  await a.messenger.commands.removeServer({ id })
  expect(a.messenger.state()).toMatchObject({ servers: [], rooms: [], connections: {} })
  expect(a.events.slice(-2)).toEqual([
    { name: 'roomRemoved', payload: { room } },
    { name: 'serverRemoved', payload: { id } },
  ])
  expect([...kept.keys()]).toEqual([`device-key:ws://localhost:${host.port}`])
  await until(() => expect(host.people()).toEqual([]))
  await expect(a.messenger.commands.removeServer({ id })).rejects.toThrow('not-found')
})

test('a server removed while its rooms arrive is gone afterwards, without an error', async () => {
  const rooms = Array.from({ length: 50 }, (_, n) => ({
    roomId: `r${n}`,
    name: `r${n}`,
    topic: '',
    kind: 'public',
    role: 'member',
  }))
  const server = await startScriptedServer((peer, frame) => {
    politeScript({ server: 'stompbox/0.1' })(peer, frame)
    const { destination = '', id = '' } = frame.headers
    if (destination === '/app/rooms')
      peer.frame('MESSAGE', { subscription: id, destination }, JSON.stringify({ rooms }))
  })
  onTestFinished(() => server.stop())
  const cache = memoryCache(emptyDisk())
  let kept = 0
  // As slow as a disk.
  const saveRoom: MessageCache['saveRoom'] = async room => {
    await new Promise(setImmediate)
    const saved = await cache.saveRoom(room)
    kept++
    return saved
  }
  const a = await somebody('지우', { cache: { ...cache, saveRoom } })
  await a.messenger.commands.addServer(serverAt(server.url))
  await a.room('r0')
  await a.messenger.commands.removeServer({ id: a.serverId() })
  expect(kept).toBe(rooms.length)
  expect(a.messenger.state().rooms).toEqual([])
  expect(a.errors()).toEqual([])
})

test('commands about unknown items reject with not-found', async () => {
  const a = await somebody('지우')
  const id = serverIdSchema.parse('nowhere')
  const { commands } = a.messenger
  await expect(commands.connectServer({ id })).rejects.toThrow('not-found')
  await expect(commands.createRoom({ serverId: id, name: 'x', kind: 'public' })).rejects.toThrow('not-found')
})

test('a locked key store is waited for, and the name is not lost', async () => {
  const host = await startHost()
  const kept = new Map<string, string>()
  const a = await guestOf(host, '지우', { secrets: memorySecrets(kept) })
  const before = new Map(kept)
  let locked = true
  const secrets = memorySecrets(kept)
  const get: typeof secrets.get = key =>
    locked ? Promise.reject(new Failure('secrets-locked')) : secrets.get(key)
  await a.restart({ secrets: { ...secrets, get } })
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'waiting', error: { code: 'secrets-locked' } }),
  )
  locked = false
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(kept).toEqual(before)
})

test('a device key that can’t be stored claims no name', async () => {
  const host = await startHost()
  const secrets = { ...memorySecrets(), set: () => Promise.reject(new Failure('disk-full')) }
  const a = await somebody('지우', { secrets })
  await a.messenger.commands.addServer(serverAt(host.ws))
  await until(() => expect(a.connection()).toMatchObject({ phase: 'waiting', error: { code: 'disk-full' } }))
  // The name is still there for somebody else.
  await guestOf(host, '지우')
})

test('a lost device key is discarded when the person asks for it', async () => {
  const host = await startHost()
  const kept = new Map<string, string>()
  const a = await guestOf(host, '지우', { secrets: memorySecrets(kept) })
  const old = new Map(kept)
  const secrets = memorySecrets(kept)
  const get: typeof secrets.get = key =>
    kept.get(key) === old.get(key) && old.has(key)
      ? Promise.reject(new Failure('secrets-locked'))
      : secrets.get(key)
  await a.restart({ secrets: { ...secrets, get } })
  await until(() => expect(a.connection()).toMatchObject({ error: { code: 'secrets-locked' } }))
  await a.messenger.commands.renewSecrets({ id: a.serverId() })
  await until(() => expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'name-taken' } }))
  await a.messenger.commands.setPerson({ name: '지우 2' })
  await until(() => expect(a.connection().phase).toBe('online'))
})
