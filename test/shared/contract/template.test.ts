import { expect, test } from 'vitest'
import { fillJson, fillText, hasOnly, hasPlaceholder, makesJson } from '../../../shared/contract/template.ts'

const now = Date.UTC(2026, 10, 30, 11, 5, 7, 250)

test('a text is filled literally, and repeatedly', () => {
  expect(fillText('/{roomId}/x/{roomId}', { roomId: "방 $& $1'" })).toBe("/방 $& $1'/x/방 $& $1'")
  expect(fillText('{now} {now:ms} {now:s} {other} {}', { now })).toBe(
    `2026-11-30T11:05:07.250Z ${now} ${Math.floor(now / 1000)} {other} {}`,
  )
})

test.each([
  ['{"chatRoomId":{roomId:number},"message":{text}}', { chatRoomId: 42, message: 'a "b"\n\\c' }],
  ['{"at":"/room/{roomId}","m":"{text}"}', { at: '/room/42', m: 'a "b"\n\\c' }],
  ['{"escaped \\"{text}":1, "t": {now:ms}}', { 'escaped "a "b"\n\\c': 1, t: now }],
  ['[{"a":{text}},{userId:number}]', [{ a: 'a "b"\n\\c' }, 'u-1']],
])('%s becomes valid JSON', (template, json) => {
  const values = { roomId: '42', text: 'a "b"\n\\c', userId: 'u-1', now }
  expect(JSON.parse(fillJson(template, values))).toEqual(json)
})

test('numbers are those that JSON and servers take', () => {
  const numbers = ['0', '-7', '007', '1e3', '', '9'.repeat(16), 'NaN', '12.5']
  expect(numbers.map(roomId => fillJson('{roomId:number}', { roomId }))).toEqual([
    '0',
    '-7',
    '"007"',
    '"1e3"',
    '""',
    `"${'9'.repeat(16)}"`,
    '"NaN"',
    '"12.5"',
  ])
})

test('a value with the shape of a placeholder stays a value', () => {
  expect(fillJson('{"a":{text},"b":{user}}', { text: '{user}', user: '"}' })).toBe(
    '{"a":"{user}","b":"\\"}"}',
  )
})

test('placeholders are checked by name and format', () => {
  expect(hasOnly('/app/{roomId}/{user}', ['roomId', 'user'])).toBe(true)
  expect(hasOnly('/app/{room}', ['roomId'])).toBe(false)
  expect(hasOnly('{text:number}', ['text'])).toBe(false)
  expect(hasOnly('{now:ms}', ['now'])).toBe(true)
  expect(hasPlaceholder('Bearer {token}', 'token')).toBe(true)
  expect(hasPlaceholder('Bearer token', 'token')).toBe(false)
  expect(makesJson('{"a":{text}}', ['text'])).toBe(true)
  expect(makesJson('{"a":{text}', ['text'])).toBe(false)
})

test('a long template is filled in linear time', () => {
  const half = '{"'.repeat(50_000)
  expect(fillJson(half, {})).toBe(half)
  expect(fillText('{a'.repeat(50_000), {})).toHaveLength(100_000)
})
