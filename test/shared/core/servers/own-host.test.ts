import { expect, test } from 'vitest'
import { ownHostOf } from '../../../../main/app/embedded-host.ts'
import { guestOf, serverAt, somebody, startHost, temporaryFolder } from '../people.ts'
import { until } from '../until.ts'

const dataDirAndHost = async () => {
  const dataDir = await temporaryFolder()
  return { dataDir, host: await startHost({ dataDir }) }
}

test('the own host has one profile, whatever its port and name', async () => {
  const { dataDir, host } = await dataDirAndHost()
  const a = await somebody('지우')
  const id = await a.messenger.attachOwnHost({
    name: '지우의 상자',
    url: host.ws,
    passcode: null,
    host: ownHostOf(host),
  })
  const { key: room } = await a.room('general')
  await a.messenger.commands.sendMessage({ room, content: '하나' })
  await until(async () => expect((await a.messages(room))[0]?.delivery).toBe('confirmed'))
  await a.messenger.detachOwnHost()
  expect(a.connection().phase).toBe('off')
  await host.stop()

  const moved = await startHost({ dataDir, passcode: 'open sesame' })
  const attached = { name: '새 상자', url: moved.ws, passcode: 'open sesame', host: ownHostOf(moved) }
  expect(await a.messenger.attachOwnHost(attached)).toBe(id)
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(a.messenger.state().servers).toEqual([
    expect.objectContaining({
      id,
      name: '새 상자',
      url: moved.ws,
      own: true,
      enabled: true,
      hasPasscode: true,
    }),
  ])
  expect(await a.texts(room)).toEqual(['하나'])
})

test('is not connected at the next start before it runs', async () => {
  const { host } = await dataDirAndHost()
  const a = await somebody('지우')
  await a.messenger.attachOwnHost({ name: 'Box', url: host.ws, passcode: null, host: ownHostOf(host) })
  await a.room('general')
  await a.restart()
  expect(a.connection().phase).toBe('off')
  await a.messenger.attachOwnHost({ name: 'Box', url: host.ws, passcode: null, host: ownHostOf(host) })
  await until(() => expect(a.connection().phase).toBe('online'))
})

test('attached before there is a name, it connects when there is one', async () => {
  const { host } = await dataDirAndHost()
  const a = await somebody(null)
  await a.messenger.attachOwnHost({ name: 'Box', url: host.ws, passcode: null, host: ownHostOf(host) })
  expect(a.connection().phase).toBe('off')
  await a.messenger.commands.setPerson({ name: '지우' })
  await a.room('general')
})

test('while it does not run, there is no connection', async () => {
  const { host } = await dataDirAndHost()
  const a = await somebody('지우')
  const id = await a.messenger.attachOwnHost({
    name: 'Box',
    url: host.ws,
    passcode: null,
    host: ownHostOf(host),
  })
  await a.room('general')
  await a.messenger.detachOwnHost()
  await a.messenger.commands.connectServer({ id })
  expect(a.connection().phase).toBe('off')
})

test('without an own host there is nothing to detach', async () => {
  const a = await somebody('지우')
  await a.messenger.detachOwnHost()
  expect(a.messenger.state().servers).toEqual([])
})

test('another server whose address becomes that of the own host is not changed, and nothing is shown to the host', async () => {
  const { host } = await dataDirAndHost()
  const a = await guestOf(await startHost(), '지우')
  const id = a.serverId()
  await a.messenger.attachOwnHost({ name: 'Box', url: host.ws, passcode: null, host: ownHostOf(host) })
  await until(() => expect(host.people()).toHaveLength(1))
  const before = a.messenger.state().servers
  await expect(
    a.messenger.commands.updateServer({ id, change: { url: host.ws }, accepts: new URL(host.ws).origin }),
  ).rejects.toMatchObject({ error: { code: 'server-own' } })
  expect(a.messenger.state().servers).toEqual(before)
  expect(a.messenger.connection(id).phase).toBe('online')
  expect(host.people()).toHaveLength(1)
})

test('a server that was given the address of the own host while that was off is refused once it runs', async () => {
  const { host } = await dataDirAndHost()
  const a = await somebody('지우')
  const attached = { name: 'Box', url: host.ws, passcode: null, host: ownHostOf(host) }
  await a.messenger.attachOwnHost(attached)
  await a.messenger.detachOwnHost()
  const { id } = await a.messenger.commands.addServer(serverAt('ws://127.0.0.1:9/stomp', 'theirs'))
  await a.messenger.commands.disconnectServer({ id })
  await a.messenger.commands.updateServer({ id, change: { url: host.ws } })
  await a.messenger.attachOwnHost(attached)
  await a.messenger.commands.connectServer({ id })
  await until(() =>
    expect(a.messenger.connection(id)).toMatchObject({ phase: 'refused', error: { code: 'server-own' } }),
  )
  await until(() => expect(host.people()).toHaveLength(1))
})
