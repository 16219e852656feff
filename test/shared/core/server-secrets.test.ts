import { expect, test, vi } from 'vitest'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import { serverIdSchema } from '../../../shared/contract/model.ts'
import { createServerSecrets } from '../../../shared/core/server-secrets.ts'
import { eagerIds, memorySecrets } from './real-ports.ts'

const home = serverIdSchema.parse('home')
const other = serverIdSchema.parse('other')

test('a device key is made once for each server, long enough, and kept', async () => {
  const kept = new Map<string, string>()
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, vi.fn())
  const key = await secrets.deviceKey(home)
  expect(key.length).toBeGreaterThanOrEqual(32)
  expect(await secrets.deviceKey(home)).toBe(key)
  expect(await secrets.deviceKey(other)).not.toBe(key)
  expect(kept.get('device-key:home')).toBe(key)
  expect(await createServerSecrets(memorySecrets(kept), eagerIds, vi.fn()).deviceKey(home)).toBe(key)
})

test('who asks for the device key at the same time gets the same', async () => {
  const secrets = createServerSecrets(memorySecrets(), eagerIds, vi.fn())
  const [one, same] = await Promise.all([secrets.deviceKey(home), secrets.deviceKey(home)])
  expect(one).toBe(same)
  expect(await secrets.deviceKey(home)).toBe(one)
})

test('a passcode that is set while the key store still looks for the old one counts', async () => {
  const secrets = createServerSecrets(memorySecrets(new Map([['passcode:home', 'old']])), eagerIds, vi.fn())
  const [before] = await Promise.all([secrets.passcode(home), secrets.setPasscode(home, 'new')])
  expect([before, await secrets.passcode(home)]).toEqual(['new', 'new'])
})

test('a passcode is kept, changed and forgotten', async () => {
  const kept = new Map<string, string>()
  const secrets = createServerSecrets(memorySecrets(kept), eagerIds, vi.fn())
  expect(await secrets.passcode(home)).toBeNull()
  await secrets.setPasscode(home, 'open sesame')
  expect(await secrets.passcode(home)).toBe('open sesame')
  await secrets.deviceKey(home)
  await secrets.forget(home)
  expect(kept.size).toBe(0)
  expect(await secrets.passcode(home)).toBeNull()
})

test('a key store that fails is told, and the secret lasts as long as the app', async () => {
  const onError = vi.fn<(error: AppError) => void>()
  const failing = {
    get: () => Promise.resolve(null),
    set: () => Promise.reject(new Failure('secrets-unavailable')),
  }
  const secrets = createServerSecrets(failing, eagerIds, onError)
  await secrets.setPasscode(home, 'x')
  expect(await secrets.passcode(home)).toBe('x')
  expect(await secrets.deviceKey(home)).toBe(await secrets.deviceKey(home))
  expect(onError.mock.calls.map(([error]) => error.code)).toEqual([
    'secrets-unavailable',
    'secrets-unavailable',
  ])
})
