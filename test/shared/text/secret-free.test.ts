import { expect, test } from 'vitest'
import { secretsOfAddress, shownAddress, withoutSecrets } from '../../../shared/text/secret-free.ts'

test.each([
  ['ws://chat.example.org/ws', 'ws://chat.example.org/ws'],
  ['ws://minsu:geheim@chat.example.org:7070/ws', 'ws://•••@chat.example.org:7070/ws'],
  ['minsu:geheim@chat.example.org', '•••@chat.example.org'],
  ['wss://chat/ws?token=geheim&room=a%20b', 'wss://chat/ws?token=•••&room=•••'],
  ['wss://chat/ws#access_token=geheim', 'wss://chat/ws#•••'],
  ['ws://[::1]:7070/users/@me', 'ws://[::1]:7070/users/@me'],
  ['not an address?token=geheim', 'not an address?token=•••'],
])('%s is shown as %s', (address, shown) => expect(shownAddress(address)).toBe(shown))

test('the values of a query are secrets, as they are and decoded', () => {
  expect(secretsOfAddress('ws://chat/ws?token=a%2Bb%2Bc&room=x#y=z')).toEqual([
    'a%2Bb%2Bc',
    'a+b+c',
    'x',
    'x',
  ])
  expect(secretsOfAddress('ws://chat/ws?broken=%E0')).toEqual(['%E0'])
})

test.each([
  ['no open sesame here', ['open sesame'], 'no ••• here'],
  ['a b', ['a'], 'a b'],
  ['Invalid eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', [], 'Invalid •••'],
  ['Authorization: Bearer abcdefgh12345', [], 'Authorization: Bearer •••'],
  ['nothing', [null], 'nothing'],
])('"%s" is freed of its secrets', (text, secrets, shown) =>
  expect(withoutSecrets(text, secrets)).toBe(shown),
)
