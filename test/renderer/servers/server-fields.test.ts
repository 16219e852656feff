import { expect, test } from 'vitest'
import { profileOf } from '../../../shared/contract/profile.ts'
import { readServerFields } from '../../../renderer/servers/server-fields.ts'

const digits = 'ab'.repeat(32)

const form = (change: Record<string, string> = {}): FormData => {
  const data = new FormData()
  const fields = {
    url: ' ws://rabbit.staging:15674/ws ',
    subscribeTemplate: '/exchange/chat/{roomId}',
    publishTemplate: '/exchange/chat/{roomId}',
    ...change,
  }
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

test('what is left empty is nothing, and the name comes from the address', () => {
  expect(readServerFields(form(), false)).toEqual({
    name: 'rabbit.staging:15674',
    url: 'ws://rabbit.staging:15674/ws',
    fingerprint: null,
    profile: profileOf({
      rooms: { subscribe: ['/exchange/chat/{roomId}'], send: '/exchange/chat/{roomId}' },
    }),
    passcode: null,
  })
})

test('an empty passcode leaves the kept one; a name in decomposed Hangul is composed', () => {
  expect(readServerFields(form({ name: '한빛'.normalize('NFD') }), true)).toMatchObject({
    name: '한빛',
    passcode: undefined,
  })
  expect(readServerFields(form({ passcode: 'new one' }), true)).toMatchObject({ passcode: 'new one' })
})

test('a fingerprint is taken as openssl prints it', () => {
  const printed = digits.toUpperCase().match(/../g)?.join(':') ?? ''
  expect(readServerFields(form({ fingerprint: printed }), false)).toMatchObject({ fingerprint: digits })
})

test('a time zone is one that this computer knows', () => {
  expect(readServerFields(form({ timeZone: ' Asia/Seoul ' }), false)).toMatchObject({
    profile: { body: { timeZone: 'Asia/Seoul' } },
  })
})

test('what the form does not show of a profile stays', () => {
  const before = profileOf({
    rooms: { subscribe: ['/a/{roomId}', '/b/{roomId}'] },
    identity: { nickname: '지우' },
    body: { text: ['내용'] },
  })
  expect(readServerFields(form({ login: 'ada' }), false, before)).toMatchObject({
    profile: {
      ...before,
      connect: { ...before.connect, login: 'ada' },
      rooms: { subscribe: ['/exchange/chat/{roomId}', '/b/{roomId}'], send: '/exchange/chat/{roomId}' },
    },
  })
})

test.each([
  ['timeZone', 'Mars/Olympus'],
  ['url', ' '],
  ['subscribeTemplate', '/topic/{room}'],
  ['publishTemplate', ''],
  ['fingerprint', digits.slice(1)],
])('%s can’t be “%s”', (field, value) => {
  expect(readServerFields(form({ [field]: value }), false)).toBe(field)
})
