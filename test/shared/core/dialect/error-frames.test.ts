import { expect, test } from 'vitest'
import { errorFromFrame, needsPerson } from '../../../../shared/core/dialect/error-frames.ts'

const addressee = { host: 'box:7070', name: '지우', virtualHost: 'box' }
const connecting = (headers: Record<string, string>, body = '') =>
  errorFromFrame({ headers, body }, addressee, true)

test.each([
  [{ code: 'passcode-wrong', message: 'Wrong passcode' }, '', 'passcode-wrong'],
  [{ code: 'name-taken', message: 'x' }, '', 'name-taken'],
  [{ code: 'no-such-code', message: 'Bad CONNECT' }, '', 'server-error'],
  [{ message: 'Bad CONNECT' }, "Access refused for user 'x'\n", 'login-refused'],
  [{ message: 'Bad CONNECT' }, "Virtual host '127.0.0.1' access denied", 'virtual-host-unknown'],
  [{ message: 'Version mismatch' }, 'Supported versions are 1.0,1.1\n', 'version-unsupported'],
  [
    { message: 'User name [x] or password is invalid.' },
    'java.lang.SecurityException: User name [x] or password is invalid.\n\tat org.apache…',
    'login-refused',
  ],
  [{ message: 'Security Error occurred: AMQ229031' }, '', 'login-refused'],
  [
    { message: 'Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]' },
    '',
    'access-refused',
  ],
  [{ message: 'Token expired' }, '', 'access-refused'],
  [{ message: 'Bad CONNECT' }, 'Login is unavailable: user limit reached', 'server-error'],
  [{ message: 'Server version 4.1 is shutting down' }, '', 'server-error'],
  [{ message: 'Server is starting' }, '', 'server-error'],
  [{}, '', 'server-error'],
])('%j %j while connecting is %s', (headers, body, code) => {
  expect(connecting(headers, body).code).toBe(code)
})

test('once connected only the server’s code counts', () => {
  const frame = { headers: { message: 'access_refused' }, body: 'no' }
  expect(errorFromFrame(frame, addressee, false).code).toBe('server-error')
  const told = { headers: { message: 'no', code: 'message-too-long' }, body: '' }
  expect(errorFromFrame(told, addressee, false).code).toBe('message-too-long')
})

test('a closing host is waited for', () => {
  const frame = {
    headers: { message: 'the host is closing: connect again later', code: 'host-closing' },
    body: '',
  }
  const error = errorFromFrame(frame, addressee, false)
  expect(error.code).toBe('host-closing')
  expect(needsPerson(error, true)).toBe(false)
})

test('a full disk on the server is not reported as ours', () => {
  const frame = { headers: { message: 'the disk of the host is full', code: 'disk-full' }, body: '' }
  expect(errorFromFrame(frame, addressee, false).code).toBe('server-error')
})

test('the sentence contains the server’s words without a stack trace, and is bounded', () => {
  const { params } = connecting({ message: 'Oops' }, 'java.lang.Oops: Oops\n\tat a\n\tat b')
  const words = 'java.lang.Oops: Oops'
  expect(params).toEqual({ ...addressee, message: words, what: words })
  expect(connecting({ message: 'a' }, 'b\nc').params).toMatchObject({ message: 'a: b' })
  expect(connecting({ message: 'x'.repeat(5000) }).params?.message).toHaveLength(300)
})

test('errors that only the person can fix are distinguished', () => {
  for (const code of [
    'passcode-wrong',
    'login-refused',
    'name-taken',
    'certificate-refused',
    'certificate-changed',
  ] as const) {
    expect(needsPerson({ code }, true)).toBe(true)
  }
  for (const code of [
    'server-unreachable',
    'connection-lost',
    'server-error',
    'too-many-attempts',
    'too-many-names',
  ] as const) {
    expect(needsPerson({ code }, false)).toBe(false)
  }
  for (const code of ['server-not-stomp', 'access-refused', 'virtual-host-unknown'] as const) {
    expect(needsPerson({ code }, false)).toBe(true)
    expect(needsPerson({ code }, true)).toBe(false)
  }
})
