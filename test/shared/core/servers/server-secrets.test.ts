import { expect, test, vi } from 'vitest'
import { Failure, type AppError } from '../../../../shared/contract/errors.ts'
import { serverIdSchema } from '../../../../shared/contract/model.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'
import { createServerSecrets } from '../../../../shared/core/servers/server-secrets.ts'
import { spokenProfile } from '../dialect/spoken.ts'
import { eagerIds, memorySecrets } from '../real-ports.ts'

const home = serverIdSchema.parse('home')
/** Servers as their device keys belong to them. */
const at = (host: string, login: string | null = null) => ({
  id: serverIdSchema.parse(host),
  url: `ws://${host}/stomp`,
  fingerprint: null,
  own: false,
  profile: { ...spokenProfile, connect: { ...spokenProfile.connect, login } },
  kind: null,
})
const first = at('first')

test('a device key is made once for each server and login, long enough, and kept', async () => {
  const kept = new Map<string, string>()
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, createDialects(), vi.fn())
  const key = await secrets.deviceKey(first)
  expect(key.length).toBeGreaterThanOrEqual(32)
  expect(await secrets.deviceKey({ ...first, id: home })).toBe(key)
  const others = [await secrets.deviceKey(at('second')), await secrets.deviceKey(at('first', 'bot'))]
  expect(new Set([key, ...others]).size).toBe(3)
  expect(kept.get('device-key:ws://first')).toBe(key)
  expect(
    await createServerSecrets(memorySecrets(kept), eagerIds, createDialects(), vi.fn()).deviceKey(first),
  ).toBe(key)
})

test('concurrent requests make one device key', async () => {
  const secrets = createServerSecrets(memorySecrets(), eagerIds, createDialects(), vi.fn())
  const [one, same] = await Promise.all([secrets.deviceKey(first), secrets.deviceKey(first)])
  expect(one).toBe(same)
  expect(await secrets.deviceKey(first)).toBe(one)
})

test('of two keys that belonged to profiles the accepted one is used', async () => {
  const kept = new Map([
    ['device-key:refused', 'the key of a profile that was never let in'],
    ['device-key:accepted', 'the good key'],
  ])
  const profile = (id: string, kind: 'stompbox' | null) => ({ ...first, id: serverIdSchema.parse(id), kind })
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, createDialects(), vi.fn())
  await secrets.deviceKey(profile('refused', null))
  expect(await secrets.deviceKey(profile('accepted', 'stompbox'))).toBe('the good key')
  expect(await secrets.deviceKey(profile('refused', null))).toBe('the good key')
  expect(kept.get('device-key:ws://first')).toBe('the good key')
})

test('a passcode set during a slow lookup takes precedence', async () => {
  const secrets = createServerSecrets(
    memorySecrets(new Map([['passcode:home', 'old']])),
    eagerIds,
    createDialects(),
    vi.fn(),
  )
  const [before] = await Promise.all([secrets.passcode(home), secrets.setPasscode(home, 'new')])
  expect([before, await secrets.passcode(home)]).toEqual(['new', 'new'])
})

test('a passcode is kept, changed and forgotten', async () => {
  const kept = new Map<string, string>()
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, createDialects(), vi.fn())
  expect(await secrets.passcode(home)).toBeNull()
  await secrets.setPasscode(home, 'open sesame')
  expect(await secrets.passcode(home)).toBe('open sesame')
  const key = await secrets.deviceKey(first)
  await secrets.forget({ ...first, id: home })
  expect([...kept]).toEqual([['device-key:ws://first', key]])
  expect(await secrets.passcode(home)).toBeNull()
})

test('secrets of a profile are kept by their names, and forgotten with it', async () => {
  const kept = new Map<string, string>()
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, createDialects(), vi.fn())
  const told = (name: string) => ({ name, secret: true })
  const profile = profileOf({ connect: { handshake: [told('Cookie'), told('X-Key')] } })
  const server = { ...first, profile }
  expect(await secrets.given(server)).toEqual([])
  await secrets.setSecret(server.id, 'handshake:X-Key', 'k')
  expect(await secrets.given(server)).toEqual(['handshake:X-Key'])
  expect(kept.get('secret:first:handshake:X-Key')).toBe('k')
  await secrets.forget(server)
  expect(kept.size).toBe(0)
})

test('a secret that can’t be read counts as given until it is renewed', async () => {
  let locked = true
  const store = memorySecrets()
  const get = (key: string) =>
    locked && key.startsWith('secret:') ? Promise.reject(new Failure('secrets-locked')) : store.get(key)
  const secrets = createServerSecrets({ ...store, get }, eagerIds, createDialects(), vi.fn())
  const server = { ...first, profile: profileOf({ connect: { query: [{ name: 'key', secret: true }] } }) }
  expect(await secrets.given(server)).toEqual(['query:key'])
  await secrets.renew(server)
  locked = false
  expect(await secrets.given(server)).toEqual([])
})

test('a passcode that can’t be stored is reported, and is used until the app quits; such a device key is not', async () => {
  const onError = vi.fn<(error: AppError) => void>()
  const failing = {
    get: () => Promise.resolve(null),
    set: () => Promise.reject(new Failure('secrets-unavailable')),
  }
  const secrets = createServerSecrets(failing, eagerIds, createDialects(), onError)
  await secrets.setPasscode(home, 'x')
  expect(await secrets.passcode(home)).toBe('x')
  await expect(secrets.deviceKey(first)).rejects.toThrow('secrets-unavailable')
  expect(onError.mock.calls.map(([error]) => error.code)).toEqual(['secrets-unavailable'])
})

test('an unreadable key is waited for, and never replaced automatically', async () => {
  const kept = new Map([['device-key:ws://first', 'the good key']])
  let locked = true
  const store = memorySecrets(kept)
  const get = (key: string) =>
    locked && kept.has(key) ? Promise.reject(new Failure('secrets-locked')) : store.get(key)
  const secrets = createServerSecrets({ ...store, get }, eagerIds, createDialects(), vi.fn())
  await expect(secrets.deviceKey(first)).rejects.toThrow('secrets-locked')
  locked = false
  expect(await secrets.deviceKey(first)).toBe('the good key')
  await secrets.renew(first)
  expect(kept.get('device-key:ws://first')).toBe('the good key')
})

test('only unreadable secrets are discarded', async () => {
  const kept = new Map([
    ['device-key:ws://first', 'of another key store'],
    ['passcode:first', 'open sesame'],
  ])
  const store = memorySecrets(kept)
  const get = (key: string) =>
    kept.get(key) === 'of another key store' ? Promise.reject(new Failure('secrets-locked')) : store.get(key)
  const secrets = createServerSecrets({ ...store, get }, eagerIds, createDialects(), vi.fn())
  await secrets.renew(first)
  const made = await secrets.deviceKey(first)
  expect(made).toBe(kept.get('device-key:ws://first'))
  expect(await secrets.passcode(first.id)).toBe('open sesame')
})
