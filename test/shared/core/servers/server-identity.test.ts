import { expect, test } from 'vitest'
import { identityChange, identityOf, type Reached } from '../../../../shared/core/servers/server-identity.ts'

const [a, b] = ['aa'.repeat(32), 'bb'.repeat(32)]
const at = (url: string, fingerprint: string | null = null): Reached => ({ url, fingerprint, own: false })

test.each<[Reached, string]>([
  [at('ws://localhost:7070/stomp'), 'ws://localhost:7070'],
  [at('ws://127.0.0.1:7070/'), 'ws://localhost:7070'],
  [at('ws://[::1]:7070/stomp?x'), 'ws://localhost:7070'],
  [at('ws://127.0.0.2:7070/stomp'), 'ws://127.0.0.2:7070'],
  [at('wss://chat.example.org/ws'), 'wss://chat.example.org'],
  [at('wss://192.168.0.14:7070/stomp', a), a],
  // Nothing checks a fingerprint there.
  [at('ws://192.168.0.14:7070/stomp', a), 'ws://192.168.0.14:7070'],
  [{ ...at('ws://127.0.0.1:7070/stomp'), own: true }, 'own'],
])('%j has the identity %s', (server, identity) => {
  expect(identityOf(server)).toBe(identity)
})

test.each<[string, Reached, Reached]>([
  ['same', at('wss://192.168.0.14:7070/stomp', a), at('wss://192.168.0.99:9000/other', a)],
  ['same', at('ws://h:7070/stomp'), at('ws://h:7070/ws')],
  ['same', at('ws://h:7070/stomp'), at('wss://h:7070/stomp', a)],
  ['same', at('ws://h/stomp'), at('wss://h/stomp')],
  ['address', at('ws://h:7070/stomp'), at('ws://h:7071/stomp')],
  ['address', at('ws://h:7070/stomp'), at('wss://other:7070/stomp')],
  ['address', at('wss://h:7070/stomp'), at('ws://h:7070/stomp')],
  ['certificate', at('wss://h:7070/stomp', a), at('wss://h:7070/stomp', b)],
  ['certificate', at('wss://h:7070/stomp', a), at('wss://h:7070/stomp')],
  ['certificate', at('wss://h:7070/stomp', a), at('ws://h:7070/stomp', a)],
  ['certificate', at('wss://h:7070/stomp'), at('wss://h:7070/stomp', a)],
  ['certificate', at('ws://h:7070/stomp'), at('wss://other:7070/stomp', a)],
])('%s: from %j to %j', (change, before, after) => {
  expect(identityChange(before, after)).toBe(change)
})
