import { expect, test } from 'vitest'
import {
  profileIssues,
  profileOf,
  profileSchema,
  type ProfileInput,
} from '../../../../shared/contract/profile.ts'
import { draftOf, readDraft } from '../../../../renderer/servers/profile/draft.ts'
import { editDraft, flagAt, textAt, type DraftEdit } from '../../../../renderer/servers/profile/edit-draft.ts'

const header = { name: 'x-room', value: '{roomId}' }
const everything: ProfileInput = {
  connect: {
    login: 'ada',
    virtualHost: '/',
    versions: ['1.2', '1.1'],
    headers: [{ name: 'x-app', value: 'stompbox' }],
    handshake: [{ name: 'Cookie', secret: true }],
    query: [{ name: 'v', value: '2' }],
    token: { source: { from: 'command', command: ['get-token', '--for', 'a b'] }, place: 'query', name: 't' },
  },
  identity: { nickname: '지우', userId: '17' },
  rooms: {
    subscribe: ['/topic/{roomId}', '/topic/{roomId}/notice'],
    send: '/app/chat/{roomId}',
    join: { destination: '/app/enter', body: '{"room":{roomId:number}}' },
    leave: { destination: '/app/leave' },
    source: { from: 'rest', url: 'https://chat.example/rooms', list: 'data', id: 'no', name: '이름' },
  },
  own: [{ destination: '/user/queue/messages', name: '쪽지', send: '/app/dm' }],
  frames: {
    subscribe: [header],
    send: [header],
    ack: 'client-individual',
    prefetch: 20,
    durable: { broker: 'activemq', name: '{user}-{roomId}' },
  },
  body: {
    text: ['내용', 'data.text', '["a,b"]'],
    types: [{ type: 'TALK', as: 'shown' }],
    timeZone: 'Asia/Seoul',
    send: '{"message":{text}}',
    constants: [
      { name: 'v', value: 2 },
      { name: 'mode', value: 'chat' },
      { name: 'text', value: '5' },
      { name: 'none', value: null },
    ],
  },
}
const rooms = [{ id: 'a', name: '회의실' }]

test.each<[string, ProfileInput]>([
  ['the default', {}],
  ['one with everything in it', everything],
  ['a token that is typed', { connect: { token: { source: { from: 'field' } } } }],
  ['a token from a login', { connect: { token: { source: { from: 'login', url: 'https://a.example' } } } }],
  ['a list of rooms', { rooms: { source: { from: 'list', rooms } } }],
  ['rooms from a destination', { rooms: { source: { from: 'destination', destination: '/app/rooms' } } }],
  [
    'rooms from an answer',
    {
      rooms: {
        source: {
          from: 'destination',
          destination: '/user/queue/rooms',
          request: { destination: '/app/rooms' },
        },
      },
    },
  ],
])('a profile stays what it is when the form shows and reads it: %s', (_, change) => {
  const profile = profileOf(change)
  expect(profileSchema.parse(readDraft(draftOf(profile)))).toEqual(profile)
})

const edited = (...edits: DraftEdit[]) => edits.reduce(editDraft, draftOf(profileOf()))

test('an edit changes one field and leaves the others', () => {
  const draft = edited(
    { edit: 'add', list: 'connect.headers' },
    { edit: 'set', at: 'connect.headers.0.name', value: 'Authorization' },
    { edit: 'flag', at: 'connect.headers.0.secret', value: true },
    { edit: 'set', at: 'rooms.subscribe.0', value: '/sub/chat/room/{roomId}' },
  )
  expect(textAt(draft, 'connect.headers.0.name')).toBe('Authorization')
  expect(flagAt(draft, 'connect.headers.0.secret')).toBe(true)
  expect(profileSchema.parse(readDraft(draft))).toEqual(
    profileOf({
      connect: { headers: [{ name: 'Authorization', secret: true }] },
      rooms: { subscribe: ['/sub/chat/room/{roomId}'] },
    }),
  )
})

test('the value of a secret is not in the profile', () => {
  const draft = edited(
    { edit: 'add', list: 'connect.handshake' },
    { edit: 'set', at: 'connect.handshake.0.name', value: 'Cookie' },
    { edit: 'set', at: 'connect.handshake.0.value', value: 'SESSION=7' },
    { edit: 'flag', at: 'connect.handshake.0.secret', value: true },
  )
  expect(JSON.stringify(readDraft(draft))).not.toContain('SESSION')
})

test('empty rows go, but for the last destination', () => {
  const draft = edited(
    { edit: 'add', list: 'rooms.subscribe' },
    { edit: 'add', list: 'own' },
    { edit: 'add', list: 'frames.send' },
    { edit: 'set', at: 'rooms.subscribe.0', value: ' ' },
    { edit: 'tidy' },
  )
  expect([draft.rooms.subscribe, draft.own, draft.frames.send]).toEqual([[''], [], []])
})

test('a row is removed, and the others move up', () => {
  const draft = edited(
    { edit: 'add', list: 'rooms.subscribe' },
    { edit: 'set', at: 'rooms.subscribe.1', value: '/b' },
    { edit: 'remove', list: 'rooms.subscribe', row: 0 },
  )
  expect(draft.rooms.subscribe).toEqual(['/b'])
})

test('decomposed Hangul is composed', () => {
  const draft = edited({ edit: 'set', at: 'identity.nickname', value: '지우'.normalize('NFD') })
  expect(readDraft(draft)).toMatchObject({ identity: { nickname: '지우' } })
})

test.each<[path: string, problem: string, ...edits: DraftEdit[]]>([
  ['rooms.send', 'placeholder-unknown', { edit: 'set', at: 'rooms.send', value: '/pub/{room}' }],
  ['rooms.join.destination', 'missing', { edit: 'set', at: 'rooms.join.body', value: '{}' }],
  ['frames.prefetch', 'number-out-of-range', { edit: 'set', at: 'frames.prefetch', value: 'many' }],
  ['body.text.1', 'path-invalid', { edit: 'set', at: 'body.text', value: 'a, b c[' }],
  [
    'connect.headers.0.name',
    'header-reserved',
    { edit: 'add', list: 'connect.headers' },
    { edit: 'set', at: 'connect.headers.0.name', value: 'login' },
  ],
])('a wrong value is an issue at the path of its field: %s', (path, problem, ...edits) => {
  const issues = profileIssues(readDraft(edited(...edits)))
  expect(issues.map(issue => [issue.path.join('.'), issue.problem])).toEqual([[path, problem]])
})
