import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inviteLink, parseInvite, type Invite } from '../../../shared/contract/invite.ts'

const fingerprint = 'ab'.repeat(32)
const invite: Invite = {
  url: 'wss://192.168.0.14:7070/stomp',
  fingerprint,
  passcode: '7K3M-Q9XT-2BVN-H4DR',
  name: '지우의 상자',
}
const link = inviteLink(invite)

test('a link carries address, fingerprint, passcode and name, in ASCII', () => {
  expect(link).toBe(
    `stompbox://join?url=wss%3A%2F%2F192.168.0.14%3A7070%2Fstomp&fp=${fingerprint}&passcode=7K3M-Q9XT-2BVN-H4DR` +
      '&name=%EC%A7%80%EC%9A%B0%EC%9D%98%20%EC%83%81%EC%9E%90',
  )
  expect(parseInvite(link)).toEqual(invite)
})

test('what is not known is left out', () => {
  const bare = { url: 'ws://10.0.0.3:7070/stomp', fingerprint: null, passcode: null, name: null }
  expect(inviteLink(bare)).toBe('stompbox://join?url=ws%3A%2F%2F10.0.0.3%3A7070%2Fstomp')
  expect(parseInvite(inviteLink(bare))).toEqual(bare)
})

test('every passcode and name comes back as it was', () => {
  const text = (maxLength: number) =>
    fc
      .string({ unit: 'grapheme', minLength: 1, maxLength })
      .filter(value => value.trim() !== '' && !/\p{Cc}/u.test(value))
      .map(value => value.trim())
  fc.assert(
    fc.property(text(128), text(30), (passcode, name) => {
      const whole = { ...invite, passcode, name: name.slice(0, 64) }
      fc.pre(whole.name.isWellFormed() && passcode.isWellFormed())
      expect(parseInvite(`들어와요(${inviteLink(whole)})에서`)).toEqual(whole)
    }),
  )
})

test.each([
  ['with edges', `  ${link}\n`],
  ['in a sentence', `Come in: <${link}> today`],
  ['in quotes', `"${link}"`],
  ['before a particle', `${link}로 오세요`],
  ['with a slash before the query', link.replace('join?', 'join/?')],
  ['in capitals', link.replace('stompbox://join', 'STOMPBOX://JOIN')],
])('a link is found %s', (_how, pasted) => {
  expect(parseInvite(pasted)).toEqual(invite)
})

test('a fingerprint may be written as openssl prints it', () => {
  const colons = Array.from({ length: 32 }, () => 'AB').join('%3A')
  expect(parseInvite(link.replace(fingerprint, colons))).toEqual(invite)
})

test('a full stop after the link spoils the name alone', () => {
  expect(parseInvite(`${link}.`)).toEqual({ ...invite, name: '지우의 상자.' })
})

test('the plain address of a server is an invitation too', () => {
  expect(parseInvite(' ws://192.168.0.14:7070/stomp ')).toEqual({
    url: 'ws://192.168.0.14:7070/stomp',
    fingerprint: null,
    passcode: null,
    name: null,
  })
})

test.each([
  ['nothing', ''],
  ['words', 'come in'],
  ['another scheme', 'https://example.org/stomp'],
  ['an address within a sentence', 'go to ws://192.168.0.14:7070/stomp'],
  ['no fields', 'stompbox://join?'],
  ['another action', 'stompbox://open?url=ws%3A%2F%2Fa'],
  ['no address', 'stompbox://join?name=a'],
  ['an address that is none', 'stompbox://join?url=nowhere'],
  ['an address of another scheme', 'stompbox://join?url=file%3A%2F%2F%2Fetc%2Fpasswd'],
  ['credentials in the address', 'stompbox://join?url=ws%3A%2F%2Fada%3Asecret%40a%2Fstomp'],
  ['a fragment', 'stompbox://join?url=ws%3A%2F%2Fa%2Fstomp%23x'],
  ['the same field twice', `${link}&url=ws%3A%2F%2Fevil`],
  ['an unknown field', `${link}&run=1`],
  ['a prototype', 'stompbox://join?url=ws%3A%2F%2Fa&__proto__=1'],
  ['a short fingerprint', link.replace(fingerprint, 'abab')],
  ['a fingerprint without TLS', link.replace('wss%3A', 'ws%3A')],
  ['bytes that are no UTF-8', link.replace('name=', 'name=%FF')],
  ['a control character', link.replace('name=', 'name=%00')],
  ['an empty passcode', link.replace('7K3M-Q9XT-2BVN-H4DR', '')],
  ['a long name', link + 'x'.repeat(64)],
  ['endless text', 'x'.repeat(20_001) + link],
])('%s is no invitation', (_what, pasted) => {
  expect(parseInvite(pasted)).toBeNull()
})
