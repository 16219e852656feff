import { expect, test } from 'vitest'
import {
  longestProfile,
  profileIssues,
  profileOf,
  profileSchema,
  readProfile,
  secretSlots,
  type ProfileInput,
} from '../../../shared/contract/profile.ts'

test('nothing given is a server at /topic/{roomId} whose fields are guessed', () => {
  expect(profileOf()).toMatchObject({
    connect: { login: null, virtualHost: null, versions: ['1.2'], headers: [], token: null },
    identity: { nickname: null, userId: null },
    rooms: {
      subscribe: ['/topic/{roomId}'],
      send: '/topic/{roomId}',
      join: null,
      leave: null,
      source: { from: 'typed' },
    },
    own: [],
    frames: { subscribe: [], send: [], ack: null, prefetch: null, durable: null },
    body: { format: 'json', text: null, types: [], timeZone: null, send: null, constants: [] },
  })
  expect(profileSchema.parse(profileOf())).toEqual(profileOf())
})

const spring: ProfileInput = {
  connect: {
    handshake: [
      { name: 'Cookie', secret: true },
      { name: 'Origin', value: 'https://chat.example.org' },
    ],
    query: [{ name: 'access_token', secret: true }],
    token: { source: { from: 'login', url: 'https://chat.example.org/login', path: 'data.accessToken' } },
  },
  identity: { nickname: '지우', userId: '17' },
  rooms: {
    subscribe: ['/sub/chat/room/{roomId}', '/sub/chat/room/{roomId}/notice'],
    send: '/pub/chat/message',
    join: { destination: '/pub/chat/enter', body: '{"roomId":{roomId},"sender":{user}}' },
    source: { from: 'rest', url: 'https://chat.example.org/rooms', list: 'data', id: 'roomId', name: '이름' },
  },
  own: [{ destination: '/user/queue/errors', as: 'notices', name: 'Errors' }],
  body: {
    text: ['message'],
    types: [{ type: 'TALK', as: 'shown' }],
    timeZone: 'Asia/Seoul',
    send: '{"type":"TALK","roomId":{roomId:number},"sender":{user},"message":{text}}',
  },
}

test('a profile of a Spring server with all of it is a profile', () => {
  expect(profileIssues(spring)).toEqual([])
  expect(secretSlots(profileOf(spring))).toEqual(['handshake:Cookie', 'query:access_token'])
  expect(secretSlots(profileOf({ connect: { token: { source: { from: 'field' } } } }))).toEqual(['token'])
})

test.each([
  [{ rooms: { send: ' ' } }, 'rooms.send', 'missing'],
  [{ rooms: { subscribe: [] } }, 'rooms.subscribe', 'missing'],
  [{ rooms: { subscribe: ['/a', '/topic/{room}'] } }, 'rooms.subscribe.1', 'placeholder-unknown'],
  [{ rooms: { subscribe: Array(9).fill('/a') } }, 'rooms.subscribe', 'too-many'],
  [{ rooms: { send: `/${'x'.repeat(500)}` } }, 'rooms.send', 'too-long'],
  [{ rooms: { send: '/a\nb:c' } }, 'rooms.send', 'character-invalid'],
  [{ rooms: { source: { from: 'rest', url: 'ftp://x' } } }, 'rooms.source.url', 'url-invalid'],
  [{ rooms: { source: { from: 'rest', url: 'https://a:b@x' } } }, 'rooms.source.url', 'url-invalid'],
  [{ rooms: { source: { from: 'nowhere' } } }, 'rooms.source.from', 'invalid'],
  [{ own: [{ destination: '/user/{roomId}', name: 'x' }] }, 'own.0.destination', 'placeholder-unknown'],
  [{ connect: { versions: [] } }, 'connect.versions', 'missing'],
  [{ connect: { headers: [{ name: 'a b' }] } }, 'connect.headers.0.name', 'header-name-invalid'],
  [{ connect: { headers: [{ name: 'Host' }] } }, 'connect.headers.0.name', 'header-reserved'],
  [
    { connect: { handshake: [{ name: 'Sec-WebSocket-Key' }] } },
    'connect.handshake.0.name',
    'header-reserved',
  ],
  [{ connect: { headers: [{ name: 'a' }, { name: 'A' }] } }, 'connect.headers', 'name-twice'],
  [
    { connect: { headers: [{ name: 'a', value: 'b', secret: true }] } },
    'connect.headers.0.value',
    'secret-in-profile',
  ],
  [
    { connect: { token: { source: { from: 'field' }, value: 'Bearer' } } },
    'connect.token.value',
    'token-missing',
  ],
  [
    { connect: { token: { source: { from: 'command', command: [] } } } },
    'connect.token.source.command',
    'missing',
  ],
  [{ frames: { prefetch: 0 } }, 'frames.prefetch', 'number-out-of-range'],
  [{ frames: { subscribe: [{ name: 'id' }] } }, 'frames.subscribe.0.name', 'header-reserved'],
  [{ body: { text: ['a..b'] } }, 'body.text.0', 'path-invalid'],
  [{ body: { text: [] } }, 'body.text', 'missing'],
  [{ body: { send: '{"a":{text}' } }, 'body.send', 'template-not-json'],
  [{ body: { send: '{"a":{texts}}' } }, 'body.send', 'placeholder-unknown'],
  [{ body: { timeZone: 'Mars/Olympus' } }, 'body.timeZone', 'time-zone-unknown'],
  [
    {
      body: {
        types: [
          { type: 'A', as: 'shown' },
          { type: 'A', as: 'line' },
        ],
      },
    },
    'body.types',
    'name-twice',
  ],
  [{ bodies: {} }, '', 'invalid'],
  [null, '', 'invalid'],
])('%j is wrong at “%s”: %s', (profile, path, problem) => {
  expect(profileIssues(profile).map(issue => [issue.path.join('.'), issue.problem])).toContainEqual([
    path,
    problem,
  ])
})

test('a whole profile has a bound', () => {
  const headers = Array.from({ length: 30 }, (_, n) => ({ name: `h${n}`, value: 'x'.repeat(2000) }))
  expect(JSON.stringify(headers).length).toBeGreaterThan(longestProfile)
  expect(profileIssues({ connect: { headers } })).toEqual([{ path: [], problem: 'too-long' }])
})

test('plain text may have any template', () => {
  expect(profileIssues({ body: { format: 'text', send: '{user}: {text}' } })).toEqual([])
})

test('of a saved profile the sound sections are read', () => {
  expect(readProfile({ ...spring, body: { timeZone: 'Mars/Olympus' }, later: 1 })).toEqual(
    profileOf({ ...spring, body: {} }),
  )
  expect([null, 'x', [], { own: 7 }].map(readProfile)).toEqual(Array(4).fill(profileOf()))
})
