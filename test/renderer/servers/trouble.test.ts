import { expect, test } from 'vitest'
import { isOnline, troubleOf } from '../../../renderer/servers/trouble.ts'
import type { ErrorCode } from '../../../shared/contract/errors.ts'
import type { ConnectionState, HostState } from '../../../shared/contract/model.ts'

const theirs = { own: false }
const off: HostState = { phase: 'off' }
const waiting = (code: ErrorCode): ConnectionState => ({
  phase: 'waiting',
  attempt: 2,
  since: 0,
  retryAt: 8000,
  error: { code },
})
const refused = (code: ErrorCode): ConnectionState => ({ phase: 'refused', since: 0, error: { code } })

test.each<ConnectionState | undefined>([
  undefined,
  { phase: 'online', since: 0 },
  { phase: 'connecting', attempt: 1 },
])('nothing is said while all is well: %o', connection => {
  expect(troubleOf(theirs, connection, off)).toBeNull()
  expect(isOnline(connection)).toBe(true)
})

test('a lost connection says when it is tried again, and lets that be now', () => {
  expect(troubleOf(theirs, waiting('connection-lost'), off)).toEqual({
    title: 'lost',
    error: null,
    next: { retryAt: 8000 },
    remedy: 'tryNow',
  })
})

test('a box that was switched off says so, and the same while it is looked for', () => {
  const closed = troubleOf(theirs, waiting('host-closing'), off)
  expect(closed).toEqual({ title: 'closed', error: null, next: 'closedText', remedy: 'tryNow' })
  const looking: ConnectionState = { phase: 'connecting', attempt: 3, error: { code: 'host-closing' } }
  expect(troubleOf(theirs, looking, off)).toEqual(closed)
})

test('a server that was not reached says why', () => {
  expect(troubleOf(theirs, waiting('server-unreachable'), off)).toMatchObject({
    title: 'unreached',
    error: { code: 'server-unreachable' },
  })
})

test('a further try keeps the banner, without a remedy to press', () => {
  expect(troubleOf(theirs, { phase: 'connecting', attempt: 2 }, off)).toMatchObject({
    next: 'retryNow',
    remedy: null,
  })
})

test('a server that was switched off can be switched on', () => {
  expect(troubleOf(theirs, { phase: 'off' }, off)).toMatchObject({ title: 'off', remedy: 'connect' })
})

test.each<[ErrorCode, string]>([
  ['passcode-wrong', 'changePasscode'],
  ['login-refused', 'changePasscode'],
  ['name-taken', 'changeName'],
  ['server-not-stomp', 'edit'],
  ['token-expired', 'changeToken'],
  ['token-missing', 'changeToken'],
  ['virtual-host-unknown', 'changeVirtualHost'],
  ['server-error', 'tryNow'],
])('what is refused for %s is mended by %s', (code, remedy) => {
  expect(troubleOf(theirs, refused(code), off)).toMatchObject({ title: 'refused', error: { code }, remedy })
})

test('one’s own server is missing because the box is off, whatever the connection says', () => {
  const own = { own: true }
  expect(troubleOf(own, waiting('server-unreachable'), off)).toMatchObject({
    title: 'boxOff',
    remedy: 'boxOn',
  })
  expect(
    troubleOf(own, waiting('server-unreachable'), { phase: 'failed', error: { code: 'port-in-use' } }),
  ).toMatchObject({ title: 'boxOff', error: { code: 'port-in-use' } })
  expect(troubleOf(own, waiting('connection-lost'), { phase: 'starting' })).toMatchObject({ title: 'lost' })
})
