/** A server that is known gets its secrets; another one in its place does not, and is asked about. */
import { profileOf } from '../../../../shared/contract/profile.ts'
import { expect, onTestFinished, test } from 'vitest'
import { ownCertificate } from '../../../../main/host/admission/certificate.ts'
import type { Certificate } from '../../../../main/host/ports/options.ts'
import { toAppError } from '../../../../shared/contract/errors.ts'
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
import { politeScript, startScriptedServer, type ScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

const aCertificate = async (): Promise<Certificate> => ownCertificate(await temporaryFolder())

/** A server that says that it is a Stompbox host. */
const startServer = async (tls?: Certificate, port = 0): Promise<ScriptedServer> => {
  const server = await startScriptedServer(politeScript({ server: 'stompbox/0.1' }), {
    port,
    ...(tls && { tls }),
  })
  onTestFinished(() => server.stop().catch(() => undefined))
  return server
}

/** The secrets that a server was told, connection by connection. */
const told = ({ peers }: ScriptedServer) =>
  peers.flatMap(({ frames }) => {
    const connect = frames.find(({ command }) => command === 'CONNECT')?.headers
    return connect ? [{ passcode: connect.passcode ?? null, key: connect['device-key'] }] : []
  })

const online = (person: Somebody) => until(() => expect(person.connection().phase).toBe('online'))

/** Somebody who has been at a server with a certificate, in whose place another one answers now. */
const replaced = async () => {
  const [old, other] = [await aCertificate(), await aCertificate()]
  const server = await startServer(old)
  const person = await somebody('지우')
  const invitation = invitationTo(server.url, old.fingerprint, 'open sesame')
  await person.messenger.commands.addServer(invitation)
  await online(person)
  const [before] = told(server)
  await server.stop()
  const impostor = await startServer(other, server.port)
  return { person, invitation, before, impostor, old: old.fingerprint, other: other.fingerprint }
}

test('an invitation with another certificate asks, shows old and new, and changes nothing before', async () => {
  const { person, invitation, before, impostor, old, other } = await replaced()
  const { addServer } = person.messenger.commands
  expect(before).toEqual({ passcode: 'open sesame', key: expect.any(String) as string })
  const known = person.messenger.state().servers
  const another = { ...invitation, fingerprint: other, passcode: null }
  for (const accepts of [undefined, old, 'what was asked before']) {
    await expect(addServer({ ...another, accepts })).rejects.toMatchObject({
      error: { code: 'server-other', params: { name: 'Box', before: old, after: other } },
    })
  }
  expect(person.messenger.state().servers).toEqual(known)
  await person.messenger.commands.connectServer({ id: person.serverId() })
  await until(() => expect(person.connection()).toMatchObject({ error: { code: 'certificate-changed' } }))
  expect(told(impostor)).toEqual([])
})

test('after consent, the new certificate gets neither the passcode nor the device key; the old one keeps its own', async () => {
  const { person, invitation, before, impostor, other } = await replaced()
  const id = person.serverId()
  const { addServer } = person.messenger.commands
  await addServer({ ...invitation, fingerprint: other, passcode: null, accepts: other })
  await online(person)
  const [after] = told(impostor)
  expect(after?.passcode).toBeNull()
  expect(after?.key).toEqual(expect.any(String))
  expect(after?.key).not.toBe(before?.key)
  expect(person.messenger.state().servers).toMatchObject([{ id, fingerprint: other, hasPasscode: false }])

  const back = invitation.fingerprint
  await impostor.stop()
  const server = await startServer(undefined, impostor.port)
  await expect(addServer({ ...invitation, fingerprint: back })).rejects.toThrow('server-other')
  expect(told(server)).toEqual([])
})

test.each<[string, (known: { url: string; other: string }) => object]>([
  ['another certificate', ({ other }) => ({ fingerprint: other })],
  ['another certificate, and a passcode', ({ other }) => ({ fingerprint: other, passcode: 'new' })],
  ['no certificate', () => ({ fingerprint: null })],
  ['an address without TLS', ({ url }) => ({ url: url.replace('wss:', 'ws:'), fingerprint: null })],
])('editing a server to %s asks, and the old secrets stay behind', async (_, changeOf) => {
  const { person, invitation, impostor, old, other } = await replaced()
  const change = changeOf({ url: invitation.url, other })
  const { updateServer } = person.messenger.commands
  const asked = await updateServer({ id: person.serverId(), change }).catch(toAppError)
  expect(asked).toMatchObject({ code: 'server-other', params: { before: old } })
  const after = String(asked?.params?.after)
  await updateServer({ id: person.serverId(), change, accepts: after })
  const hasPasscode = 'passcode' in change
  expect(person.messenger.state().servers).toMatchObject([{ hasPasscode }])
  if ('passcode' in change || after !== other) return
  await until(() => expect(told(impostor)).toHaveLength(1))
  expect(told(impostor)).toMatchObject([{ passcode: null }])
})

test('a certificate can’t be pinned at an address without TLS', async () => {
  const a = await somebody(null)
  const fingerprint = 'ab'.repeat(32)
  const server = await a.messenger.commands.addServer({ ...serverAt('ws://127.0.0.1:1/stomp'), fingerprint })
  expect(server.url).toBe('wss://127.0.0.1:1/stomp')
})

test('the same certificate at another address is the same server: rooms, outbox and name stay', async () => {
  const dataDir = await temporaryFolder()
  const host = await startHost({ dataDir, tls: 'own' })
  const person = await somebody('지우')
  const { addServer, sendMessage } = person.messenger.commands
  const invitation = (url: string) => invitationTo(url, host.fingerprint)
  const { id } = await addServer(invitation(`wss://127.0.0.1:${host.port}/stomp`))
  const { key: room } = await person.room('general')
  await sendMessage({ room, content: '하나' })
  await until(async () => expect((await person.messages(room))[0]?.delivery).toBe('confirmed'))
  await host.stop()
  await until(() => expect(person.connection().phase).toBe('waiting'))
  await sendMessage({ room, content: '둘' })

  const moved = await startHost({ dataDir, tls: 'own' })
  const url = `wss://localhost:${moved.port}/stomp`
  expect((await addServer(invitation(url))).id).toBe(id)
  await until(async () =>
    expect((await person.messages(room)).map(({ delivery }) => delivery)).toEqual(['confirmed', 'confirmed']),
  )
  expect(person.messenger.state().servers).toMatchObject([{ id, url }])
  expect(new Set((await person.messages(room)).map(({ senderId }) => senderId)).size).toBe(1)
})

test('the same applies to edited settings of the server', async () => {
  const dataDir = await temporaryFolder()
  const host = await startHost({ dataDir, tls: 'own', passcode: 'open sesame' })
  const person = await somebody('지우')
  const { addServer, updateServer } = person.messenger.commands
  const url = `wss://127.0.0.1:${host.port}/stomp`
  const { id } = await addServer(invitationTo(url, host.fingerprint, 'open sesame'))
  await online(person)
  await host.stop()
  const moved = await startHost({ dataDir, tls: 'own', passcode: 'open sesame' })
  await updateServer({ id, change: { url: `wss://127.0.0.1:${moved.port}/stomp` } })
  await online(person)
  expect(person.messenger.state().servers).toMatchObject([{ id, kind: 'stompbox', hasPasscode: true }])
})

test('without a certificate a new address asks; after consent, it is the same server with its secrets', async () => {
  const first = await startServer()
  const second = await startServer()
  const person = await somebody('지우')
  const { addServer, updateServer } = person.messenger.commands
  const { id } = await addServer(serverAt(first.url, 'open sesame'))
  await online(person)
  const change = { url: second.url }
  const after = `ws://localhost:${second.port}`
  await expect(updateServer({ id, change })).rejects.toMatchObject({
    error: { code: 'server-other', params: { before: `ws://localhost:${first.port}`, after } },
  })
  expect(told(second)).toEqual([])
  await updateServer({ id, change, accepts: after })
  await until(() => expect(told(second)).toEqual(told(first)))
})

test('the address of a server that was never reached is changed without a question', async () => {
  const server = await startServer()
  const person = await somebody('지우')
  const { addServer, updateServer } = person.messenger.commands
  const { id } = await addServer(serverAt('ws://127.0.0.1:1/stomp', 'open sesame'))
  await updateServer({ id, change: { url: server.url } })
  await until(() => expect(told(server)).toMatchObject([{ passcode: 'open sesame' }]))
})

test('another login or destination is another server, and does not use the passcode of the first', async () => {
  const server = await startServer()
  const person = await somebody('지우')
  const { addServer } = person.messenger.commands
  const first = await addServer({
    ...serverAt(server.url, 'of ada'),
    profile: profileOf({ connect: { login: 'ada' } }),
  })
  const second = await addServer(serverAt(server.url, 'mine'))
  const third = await addServer({
    ...serverAt(server.url),
    profile: profileOf({ connect: { login: 'ada' }, rooms: { send: '/queue/{roomId}' } }),
  })
  expect(new Set([first.id, second.id, third.id]).size).toBe(3)
  await until(() => expect(told(server)).toHaveLength(3))
  expect(
    told(server)
      .map(({ passcode }) => passcode)
      .sort(),
  ).toEqual(['mine', null, 'of ada'].sort())
  // An invitation says nothing of accounts.
  expect((await addServer(invitationTo(server.url))).id).toBe(first.id)
})

test('a server removed and added again, by any name of this computer, recognises the same person', async () => {
  const host = await startHost()
  const person = await guestOf(host, '지우')
  const { addServer, removeServer } = person.messenger.commands
  await removeServer({ id: person.serverId() })
  for (const name of ['localhost', '127.0.0.1']) {
    await addServer(serverAt(`ws://${name}:${host.port}/stomp`))
    await online(person)
    expect(person.messenger.state().servers).toHaveLength(1)
  }
})

test('a device key that belonged to a profile goes to the profile’s identity, and no further', async () => {
  const [old, other] = [await aCertificate(), await aCertificate()]
  const server = await startServer(old)
  const kept = new Map<string, string>()
  const person = await somebody('지우', { secrets: memorySecrets(kept) })
  const invitation = invitationTo(server.url, old.fingerprint)
  const { id } = await person.messenger.commands.addServer(invitation)
  await online(person)
  // As an earlier version kept it.
  const key = kept.get(`device-key:${old.fingerprint}`) ?? ''
  kept.clear()
  kept.set(`device-key:${id}`, key)
  await person.restart({ secrets: memorySecrets(kept) })
  await server.stop()
  const impostor = await startServer(other, server.port)
  const change = { fingerprint: other.fingerprint }
  await person.messenger.commands.updateServer({ id, change, accepts: other.fingerprint })
  await until(() => expect(told(impostor)).toHaveLength(1))
  expect(told(impostor)[0]?.key).not.toBe(key)
  expect(kept.get(`device-key:${old.fingerprint}`)).toBe(key)
})
