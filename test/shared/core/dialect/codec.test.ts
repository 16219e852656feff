import { expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema } from '../../../../shared/contract/model.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { mentionsPerson, personIdOf } from '../../../../shared/core/dialect/codec.ts'
import type { DecodeContext } from '../../../../shared/core/dialect/dialect.ts'
import type { ArrivedMessage } from '../../../../shared/core/ports.ts'
import { expectLinear, hostileTexts } from '../../text/growth.ts'
import { hostDialect, spokenAt } from './spoken.ts'

const roomId = roomIdSchema.parse('general')
const room = roomKey(serverIdSchema.parse('home'), roomId)
const now = 1_790_000_000_000
const context: DecodeContext = {
  room,
  name: '지우',
  now,
  nextId: () => 'made-here',
}
const frameOf = (body: unknown, headers: Record<string, string>) => ({
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
/** As another server's message is read. */
const decode = (body: unknown, headers: Record<string, string> = {}, change: Partial<DecodeContext> = {}) =>
  spokenAt({}).decode(frameOf(body, headers), { ...context, ...change }) as ArrivedMessage
const decodeFromHost = (body: unknown, headers: Record<string, string> = {}) =>
  hostDialect().decode(frameOf(body, headers), context) as ArrivedMessage

test('a time without a zone is in the server’s zone if known, otherwise the arrival counts; it is kept', () => {
  const body = { content: '안녕', createdAt: '2026-11-30T06:00:00.123456' }
  const inSeoul = spokenAt({}, profileOf({ body: { timeZone: 'Asia/Seoul' } }))
  const [unknown, known] = [decode(body), inSeoul.decode(frameOf(body, {}), context)]
  expect(unknown).toMatchObject({
    sentAt: now,
    extra: JSON.stringify({ body: { createdAt: body.createdAt } }),
  })
  expect(known).toMatchObject({ sentAt: Date.UTC(2026, 10, 29, 21, 0, 0, 123), extra: null })
})

test.each([6000, 100_000])('a message nested %i deep is shown all the same', depth => {
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
  expect(decode(`{"content":"안녕","x":${deep}}`)).toMatchObject({ type: 'CHAT', content: '안녕' })
  const bare = `{"x":${deep}}`
  expect(decode(bare)).toMatchObject({ type: 'CHAT', content: bare })
})

test('the stored text, fields and headers of a message are bounded', () => {
  const text = 'x'.repeat(256 * 1024)
  expect(decode({ content: text })).toMatchObject({ type: 'CHAT', content: text })
  expect(decode({ content: `${text}x` })).toMatchObject({ type: 'UNREADABLE', content: '' })
  expect(decode({ content: 'x', mood: 'm'.repeat(8_000) }).extra).toContain('mmm')
  expect(decode({ content: 'x', mood: 'm'.repeat(9_000) })).toMatchObject({ content: 'x', extra: null })
})

test('a message that is too large becomes an empty one', () => {
  const arrived = decode('x'.repeat(1024 * 1024 + 1), { sender: '민준', 'x-stream-offset': '7' })
  expect(arrived).toMatchObject({ type: 'UNREADABLE', content: '', sender: '민준', offset: 7 })
})

test('a message of a host has all fields, and unknown ones are kept', () => {
  const body = {
    id: 'short',
    type: 'CHAT',
    roomId: 'general',
    sender: '민준',
    senderId: 'm1',
    content: '@지우님 안녕',
    sentAt: '2026-11-22T01:02:03.004Z',
    // Hosts of earlier versions wrote it; the header counts.
    offset: 11,
    replyTo: 'x',
  }
  const headers = { 'x-stream-offset': '12', subscription: 's', 'message-id': '9', 'x-more': '1' }
  expect(decodeFromHost(body, headers)).toEqual({
    room,
    id: 'short',
    type: 'CHAT',
    sender: '민준',
    senderId: 'm1',
    content: '@지우님 안녕',
    sentAt: Date.UTC(2026, 10, 22, 1, 2, 3, 4),
    receivedAt: now,
    offset: 12,
    own: false,
    mentionsMe: true,
    extra: JSON.stringify({ headers: { 'x-more': '1' }, body: { replyTo: 'x' } }),
  })
})

test('a message with this connection’s person-id is the person’s own and mentions nobody', () => {
  expect(decode({ content: '@지우', senderId: 'me' })).toMatchObject({ own: true, mentionsMe: false })
  const unnamed = spokenAt({ 'person-id': undefined })
  const frame = frameOf({ content: '@지우', senderId: 'me' }, {})
  expect(unnamed.decode(frame, context)).toMatchObject({ own: false })
})

test.each([
  [
    { message: '안녕', writer: '민준' },
    { content: '안녕', sender: '민준' },
  ],
  [
    { text: 'hi', user: { nickname: '민준', age: 3 } },
    { content: 'hi', sender: '민준' },
  ],
  [
    { msg: 'hi', from: 'A', userId: 17 },
    { content: 'hi', sender: 'A', senderId: '17' },
  ],
  [{ content: '', message: 'x' }, { content: '' }],
  [{ content: 'x', timestamp: 1_780_000_000_123 }, { sentAt: 1_780_000_000_123 }],
  [{ content: 'x', createdAt: 1_780_000_000 }, { sentAt: 1_780_000_000_000 }],
  [{ content: 'x', time: 'five past four' }, { sentAt: now }],
  [{ content: 'x', sentAt: '0001-01-01T00:00:00Z' }, { sentAt: now }],
  [
    { type: 'TALK', message: 'x' },
    { type: 'CHAT', extra: '{"body":{"type":"TALK"}}' },
  ],
  [
    { type: 'ENTER', sender: 'A' },
    { type: 'JOIN', sender: 'A', content: '' },
  ],
  [
    { type: 'POLL', question: '?' },
    { type: 'POLL', content: '', extra: '{"body":{"question":"?"}}' },
  ],
  [{ hello: 'world' }, { content: '{"hello":"world"}', type: 'CHAT' }],
  ['plain 안녕', { content: 'plain 안녕', sender: '', type: 'CHAT' }],
  ['[1,2]', { content: '[1,2]' }],
  ['{"broken', { content: '{"broken' }],
  ['"quoted"', { content: '"quoted"' }],
  ['', { content: '' }],
  ['{"content":"\\ud800 lone"}', { content: '\ufffd lone' }],
  [{ content: 5, sender: 'A' }, { content: '{"content":5,"sender":"A"}' }],
  [{ __proto__: null, constructor: 'x', content: 'y' }, { content: 'y' }],
])('%j of another server is read', (body, expected) => {
  expect(decode(body)).toMatchObject(expected)
})

test('headers fill in for missing fields', () => {
  expect(decode('hi', { sender: 'A', timestamp: '1780000000123' })).toMatchObject({
    sender: 'A',
    sentAt: 1_780_000_000_123,
    extra: JSON.stringify({ headers: { sender: 'A', timestamp: '1780000000123' } }),
  })
})

test('an id is used if it is certain, otherwise the position in the history, otherwise a new one', () => {
  const uuid = '0b8ab2c2-2d3e-4f0e-9c59-5a2f9e3f4f10'
  expect(decode({ id: uuid, content: 'x' }).id).toBe(uuid)
  expect(decode({ id: uuid, content: 'x' }).extra).toBeNull()
  expect(decode({ id: 17, content: 'x' })).toMatchObject({ id: 'made-here', extra: '{"body":{"id":17}}' })
  expect(decode({ id: '17', content: 'x' }, { 'x-stream-offset': '5' })).toMatchObject({
    id: 'offset-5',
    offset: 5,
  })
  expect(decode({ id: 'x'.repeat(201), content: 'x' }).id).toBe('made-here')
  expect(decodeFromHost({ content: 'x' }, { 'x-stream-offset': '4' }).id).toBe('offset-4')
})

test.each(['-1', 'x', '1e3', '', '9'.repeat(30)])('%j is no offset', offset => {
  expect(decode('x', { 'x-stream-offset': offset }).offset).toBeNull()
})

test('sizes are bounded', () => {
  const long = 'x'.repeat(5000)
  expect(decode({ content: long }).content).toBe(long)
  const decoded = decode({ sender: long, senderId: long, type: long })
  expect([decoded.sender, decoded.senderId, decoded.type].map(text => text?.length)).toEqual([200, 200, 200])
})

test('the person’s id comes from the server, within bounds', () => {
  expect(personIdOf({})).toBeNull()
  expect(personIdOf({ 'person-id': 'p1' })).toBe('p1')
  expect(personIdOf({ 'person-id': 'x'.repeat(5000) })).toHaveLength(200)
})

test.each(hostileTexts)('a message of %s is read in linear time', (_what, make) => {
  expectLinear(content => decode({ content, sender: content }), make)
  expectLinear(content => decode(content), make)
})

test('only chat of others mentions', () => {
  const message = { type: 'CHAT', own: false, content: '@지우 안녕' }
  expect(mentionsPerson(message, '지우')).toBe(true)
  expect(mentionsPerson({ ...message, own: true }, '지우')).toBe(false)
  expect(mentionsPerson({ ...message, type: 'JOIN' }, '지우')).toBe(false)
  expect(mentionsPerson(message, '민준')).toBe(false)
})
