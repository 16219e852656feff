import { expect, test } from 'vitest'
import { newRoomIdSchema, makeRoomId } from '../../../shared/protocol/room-id.ts'
import { expectLinear, hostileTexts } from '../text/growth.ts'

test.each([
  ['점심 메뉴 투표!', '점심-메뉴-투표'],
  ['Help / Desk #1', 'help-desk-1'],
  ['release-0.9 출시', 'release-0-9-출시'],
  ['  ümläüt  ', 'ümläüt'],
  ['हिन्दी', 'हिन्दी'],
  ['🎉🎉', 'room'],
  ['a.b*c#d/e', 'a-b-c-d-e'],
  ['로비'.normalize('NFD'), '로비'],
])('%s becomes %s', (name, id) => {
  expect(makeRoomId(name, () => false)).toBe(id)
  expect(newRoomIdSchema.parse(id)).toBe(id)
})

test('an id that is taken gets a number', () => {
  const taken = new Set(['로비', '로비-2'])
  expect(makeRoomId('로비', id => taken.has(id))).toBe('로비-3')
})

test('a long name makes an id of bearable length', () => {
  const id = makeRoomId('아주 '.repeat(100), () => false)
  expect(id.length).toBeLessThanOrEqual(48)
  expect(newRoomIdSchema.parse(id)).toBe(id)
})

test('an id that a client asks for is composed and lower case, or refused', () => {
  expect(newRoomIdSchema.parse('Help-Desk')).toBe('help-desk')
  for (const id of ['', '-', 'a.b', 'a*', '#', 'a/b', 'a b', '-a', 'a-', 'x'.repeat(65), 'a\nb']) {
    expect(newRoomIdSchema.safeParse(id).success, id).toBe(false)
  }
})

test.each(hostileTexts)('an id of %s takes time in proportion', (_what, make) => {
  expectLinear(id => newRoomIdSchema.safeParse(id), make)
})
