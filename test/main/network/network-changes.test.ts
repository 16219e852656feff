import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchNetwork } from '../../../main/network/network-changes.ts'
import { hasTray } from '../../../main/desktop/tray-presence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('tells once for each change of addresses, until it is ended', () => {
  let address = '10.0.0.2'
  const changed = vi.fn<() => void>()
  const stop = watchNetwork(changed, () => address)
  vi.advanceTimersByTime(60_000)
  expect(changed).not.toHaveBeenCalled()
  address = ''
  vi.advanceTimersByTime(60_000)
  expect(changed).toHaveBeenCalledTimes(1)
  address = '192.168.0.7'
  vi.advanceTimersByTime(60_000)
  expect(changed).toHaveBeenCalledTimes(2)
  stop()
  address = '10.0.0.2'
  vi.advanceTimersByTime(60_000)
  expect(changed).toHaveBeenCalledTimes(2)
})

test('looks at the real interfaces without being told how', () => {
  const changed = vi.fn<() => void>()
  const stop = watchNetwork(changed)
  vi.advanceTimersByTime(60_000)
  expect(changed).not.toHaveBeenCalled()
  stop()
})

test.each([
  ['linux', 'wayland', '(true,)\n', true],
  ['linux', 'wayland', '(false,)\n', false],
  ['linux', 'wayland', '', true],
  ['linux', 'x11', '(false,)\n', true],
  ['linux', undefined, '(false,)\n', true],
  ['darwin', undefined, '', true],
  ['win32', undefined, '', true],
] as const)('a tray on %s (%s) where the bus answers %j: %s', async (platform, session, answer, there) => {
  expect(await hasTray(platform, session, () => Promise.resolve(answer))).toBe(there)
})

test('a session bus that can not be asked does not keep the app from starting', async () => {
  vi.useRealTimers()
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent')
  expect(await hasTray('linux', 'wayland')).toBe(true)
  vi.unstubAllEnvs()
})
