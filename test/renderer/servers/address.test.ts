import { expect, test } from 'vitest'
import { credentialsIn } from '../../../renderer/servers/address.ts'

test.each([
  [
    'ws://ada:secret@chat.example:8080/ws',
    { url: 'ws://chat.example:8080/ws', login: 'ada', passcode: 'secret' },
  ],
  ['ada@chat.example', { url: 'chat.example', login: 'ada', passcode: '' }],
  ['stomps://a%40b:p%3Aw@10.0.0.7', { url: 'stomps://10.0.0.7', login: 'a@b', passcode: 'p:w' }],
  [' guest:50%@[::1]:15674/ws ', { url: '[::1]:15674/ws', login: 'guest', passcode: '50%' }],
])('%s', (typed, found) => {
  expect(credentialsIn(typed)).toEqual(found)
})

test.each(['ws://chat.example/ws?to=a@b', 'ws://chat.example/@me', 'ws://ada:secret@', 'localhost', ''])(
  'no user and no password: %s',
  typed => {
    expect(credentialsIn(typed)).toBeNull()
  },
)
