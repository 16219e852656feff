import { expect, test } from 'vitest'
import { profileOf } from '../../../shared/contract/profile.ts'
import { readServerFields } from '../../../renderer/servers/server-fields.ts'

const profile = profileOf({ connect: { login: 'ada' } })
const told = { profile, secrets: { 'query:t': 'abc' } }
const digits = 'ab'.repeat(32)

const form = (change: Record<string, string> = {}): FormData => {
  const data = new FormData()
  const fields = {
    url: ' ws://rabbit.staging:15674/ws ',
    ...change,
  }
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  return data
}

test('what is left empty is nothing, and the name comes from the address', () => {
  expect(readServerFields(form(), false, told)).toEqual({
    name: 'rabbit.staging:15674',
    url: 'ws://rabbit.staging:15674/ws',
    fingerprint: null,
    ...told,
    passcode: null,
  })
})

test('an empty passcode leaves the kept one; a name in decomposed Hangul is composed', () => {
  expect(readServerFields(form({ name: '한빛'.normalize('NFD') }), true, told)).toMatchObject({
    name: '한빛',
    passcode: undefined,
  })
  expect(readServerFields(form({ passcode: 'new one' }), true, told)).toMatchObject({
    passcode: 'new one',
  })
})

test('a fingerprint is taken as openssl prints it', () => {
  const printed = digits.toUpperCase().match(/../g)?.join(':') ?? ''
  expect(readServerFields(form({ fingerprint: printed }), false, told)).toMatchObject({
    fingerprint: digits,
  })
})

test.each([
  ['url', ' '],
  ['fingerprint', digits.slice(1)],
])('%s can’t be “%s”', (field, value) => {
  expect(readServerFields(form({ [field]: value }), false, told)).toBe(field)
})
