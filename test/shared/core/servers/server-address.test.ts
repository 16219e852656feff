import { expect, test } from 'vitest'
import { Failure } from '../../../../shared/contract/errors.ts'
import { hostOf, parseServerAddress } from '../../../../shared/core/servers/server-address.ts'

test.each([
  ['192.168.0.14:7070', 'ws://192.168.0.14:7070/stomp'],
  [' localhost ', 'ws://localhost/stomp'],
  ['ws://box.local:7070', 'ws://box.local:7070/stomp'],
  ['ws://box.local:61614/', 'ws://box.local:61614/'],
  ['ws://127.0.0.1:15674/ws', 'ws://127.0.0.1:15674/ws'],
  ['http://box:7070/ws', 'ws://box:7070/ws'],
  ['https://chat.example.org/stomp?v=1', 'wss://chat.example.org/stomp?v=1'],
  ['WSS://Chat.Example.org:443/x', 'wss://chat.example.org/x'],
  ['[::1]:7070', 'ws://[::1]:7070/stomp'],
  ['ws://host/ws#part', 'ws://host/ws'],
  ['stomp://Host', 'stomp://host:61613'],
  ['stomps://host:61612/', 'stomps://host:61612'],
  ['stomp+ssl://[::1]', 'stomps://[::1]:61614'],
  ['stomp://host:80', 'stomp://host:80'],
])('%j is %j', (typed, url) => {
  expect(parseServerAddress(typed)).toBe(url)
})

test.each([
  '',
  'stomp://user:secret@host',
  'ftp://host',
  'ws://',
  'ws://user:secret@host/ws',
  'javascript:alert(1)',
  'a b',
])('%j is not an address', typed => {
  expect(() => parseServerAddress(typed)).toThrow(Failure)
})

test('a server is named by host and port', () => {
  expect(hostOf('ws://192.168.0.14:7070/stomp')).toBe('192.168.0.14:7070')
  expect(hostOf('nonsense')).toBe('nonsense')
})
