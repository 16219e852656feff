/** Headers, parameters and secrets that a profile has the server told. */
import { expect, onTestFinished, test } from 'vitest'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { serverAt, somebody } from '../people.ts'
import { politeScript, startScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

const start = async () => {
  const server = await startScriptedServer(politeScript())
  onTestFinished(() => server.stop())
  return server
}

const profile = profileOf({
  connect: {
    headers: [
      { name: 'nick', value: '{user}-{userId}' },
      { name: 'passcode-of-day', secret: true },
    ],
    handshake: [
      { name: 'Origin', value: 'https://chat.example.org' },
      { name: 'Cookie', secret: true },
    ],
    query: [
      { name: 'room', value: '{user} & co' },
      { name: 'key', secret: true },
    ],
  },
  identity: { userId: '7' },
})
const secrets = { 'headers:passcode-of-day': 'p', 'handshake:Cookie': 'SESSION=s', 'query:key': 'k' }

test('the profile is told, plain and secret values alike', async () => {
  const server = await start()
  const a = await somebody('지우')
  const added = await a.messenger.commands.addServer({ ...serverAt(server.url), profile, secrets })
  await until(() => expect(a.connection().phase).toBe('online'))
  const { asked, frames } = server.peer()
  expect(asked.url).toBe(`/ws?room=${encodeURIComponent('지우 & co')}&key=k`)
  expect(asked.headers).toMatchObject({ origin: 'https://chat.example.org', cookie: 'SESSION=s' })
  expect(frames[0]?.headers).toMatchObject({ nick: '지우-7', 'passcode-of-day': 'p', login: '지우' })
  // A window is told that there are secrets, and never what they are.
  expect(added.keptSecrets).toEqual(Object.keys(secrets))
  expect(JSON.stringify([a.messenger.state(), a.events])).not.toContain('SESSION=s')
})

test('the person is asked for a missing secret, and the connection goes on when it is there', async () => {
  const server = await start()
  const a = await somebody('지우')
  const { addServer, updateServer } = a.messenger.commands
  const { id } = await addServer({
    ...serverAt(server.url),
    profile,
    secrets: { ...secrets, 'query:key': null },
  })
  await until(() =>
    expect(a.connection()).toMatchObject({
      phase: 'refused',
      error: { code: 'secret-missing', params: { name: 'key' } },
    }),
  )
  expect(server.peers).toEqual([])
  await updateServer({ id, change: { secrets: { 'query:key': 'k2' } } })
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(server.peer().asked.url).toContain('key=k2')
  await a.restart()
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(a.messenger.state().servers[0]?.keptSecrets).toEqual(Object.keys(secrets))
})

test('a place that the profile gives up loses its secret', async () => {
  const server = await start()
  const a = await somebody(null)
  const { addServer, updateServer } = a.messenger.commands
  const { id } = await addServer({ ...serverAt(server.url), profile, secrets })
  await updateServer({ id, change: { profile: profileOf() } })
  expect(a.messenger.state().servers[0]?.keptSecrets).toEqual([])
  await updateServer({ id, change: { profile } })
  expect(a.messenger.state().servers[0]?.keptSecrets).toEqual([])
})

test('another certificate gets no secrets', async () => {
  const a = await somebody(null)
  const { addServer, updateServer } = a.messenger.commands
  const fingerprint = 'ab'.repeat(32)
  const { id } = await addServer({ ...serverAt('wss://127.0.0.1:1/stomp'), profile, secrets, fingerprint })
  const other = 'cd'.repeat(32)
  await updateServer({ id, change: { fingerprint: other }, accepts: other })
  expect(a.messenger.state().servers[0]?.keptSecrets).toEqual([])
})
