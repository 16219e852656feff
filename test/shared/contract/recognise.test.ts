import { expect, test } from 'vitest'
import { recognise, type Sighting } from '../../../shared/contract/recognise.ts'

const seen = (change: Partial<Sighting>) =>
  recognise({ url: 'ws://chat.example:9999/any', server: null, refusal: '', connected: false, ...change })
const named = (server: string) => seen({ server, connected: true })

test.each([
  ['stompbox/0.1.0', 'stompbox'],
  ['RabbitMQ/3.10.8', 'rabbitmq-stream'],
  ['RabbitMQ/4.1.0', 'rabbitmq-stream'],
  ['RabbitMQ/3.8.9', 'rabbitmq'],
  ['ActiveMQ/6.1.2', 'activemq'],
  ['ActiveMQ-Artemis/2.33.0 ActiveMQ Artemis Messaging Engine', 'artemis'],
])('a server that calls itself %s', (server, preset) => {
  expect(named(server)).toEqual({ preset, by: 'name' })
})

test.each([
  ['Security Error occurred: User name [null] or password is invalid', 'artemis'],
  ['AMQ229031: Unable to validate user from /127.0.0.1:5', 'artemis'],
  [
    'User name [null] or password is invalid.\njava.lang.SecurityException at org.apache.activemq',
    'activemq',
  ],
  ['Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]', 'spring-app-topic'],
  ["Bad CONNECT\nVirtual host '127.0.0.1' access denied", 'rabbitmq'],
  ["Bad CONNECT\nAccess refused for user 'guest'\n", 'rabbitmq'],
])('a server that refuses with %s', (refusal, preset) => {
  expect(seen({ refusal })).toEqual({ preset, by: 'refusal' })
})

test('a server that takes anybody without a name is Spring, and its path tells which', () => {
  const at = (url: string) => seen({ url, connected: true }).preset
  expect([at('ws://a/ws'), at('ws://a:15674/ws-stomp'), at('ws://a/stomp/chat/websocket')]).toEqual([
    'spring-app-topic',
    'spring-pub-sub',
    'spring-pub-sub',
  ])
  expect(at('stomp://a:61613')).toBeNull()
})

test('a silent server is guessed by its port, and an unknown one not at all', () => {
  expect(seen({ url: 'ws://a:15674/ws' })).toEqual({ preset: 'rabbitmq-stream', by: 'address' })
  expect(seen({ url: 'stomp://a:61613' })).toEqual({ preset: 'activemq', by: 'address' })
  expect(seen({})).toEqual({ preset: null, by: 'address' })
  expect(seen({ url: 'no address' })).toEqual({ preset: null, by: 'address' })
  expect(named('HornetQ/1').preset).toBeNull()
})
