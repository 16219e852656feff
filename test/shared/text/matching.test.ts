import { expect, test } from 'vitest'
import { placeIn, stretches } from '../../../shared/text/matching.ts'
import { expectLinear, hostileTexts } from './growth.ts'

test.each([
  ['회의실-예약', '예약', 4],
  ['회의실-예약', '예약 회의', 0],
  ['회의실-예약', '예약 없음', null],
  ['회의실-예약', 'ㅎㅇㅅ', 0],
  ['회의실-예약', '회ㅇ', 0],
  ['회의실-예약', 'ㅇㅇ', 4],
  ['회의실-예약', 'ㅇㅇㅅ', null],
  ['홍길동', 'ㅎㄱㄷ', 0],
  ['ㅋㅋㅋ', 'ㅋㅋ', 0],
  ['General', 'gen', 0],
  ['Café', 'cafe', 0],
  ['general', '', null],
  ['a.b', 'a.b', 0],
  ['axb', 'a.b', null],
])('in %j, %j stands at %j', (name, query, place) => {
  expect(placeIn(name, { query, isComposing: false })).toBe(place)
})

test.each(['ㅎ', '회', '횡', '회으', '회의', '회읫', '회의시', '회의실'])(
  'while %s is being composed, 회의실 is found',
  query => {
    expect(placeIn('회의실', { query, isComposing: true })).toBe(0)
  },
)

test.each([
  ['회의실-예약', '\u1112\u110b\u1109', 0],
  ['회의실-예약', '\uffbe\uffb7\uffb5', 0],
  ['회의실'.normalize('NFD'), 'ㅇㅅ', 2],
  ['ＡＢＣ１２３', 'c1', 2],
  ['C#-모임', 'C++', null],
  ['C++-모임', 'C++', 0],
  ['🎉 party', '🎉', 0],
  ['회\u200b의', '회의', 0],
])('names are folded: in %j, %j stands at %j', (name, query, place) => {
  expect(placeIn(name, { query, isComposing: false })).toBe(place)
})

test.each([']', '\\', '-', '^', '[a', '(', '*', '\u{10ffff}', '\ud800'])(
  'no query with %j makes a pattern that fails',
  sign => {
    for (const query of [sign, `${'a'.repeat(199)}${sign}`, `가${sign}`, `${sign}가`]) {
      for (const isComposing of [true, false]) {
        expect(stretches(`x ${query} y`, { query, isComposing }, 'content')).toEqual([[2, 2 + query.length]])
        expect(placeIn(`x ${query} y`, { query, isComposing })).toBe(2)
      }
    }
  },
)

test('what is marked is the original text, whatever it became to be found', () => {
  const marked = (text: string, query: string): string[] =>
    stretches(text, { query, isComposing: false }, 'content').map(([start, end]) => text.slice(start, end))
  expect(marked('die Straße hier', 'ss')).toEqual(['ß'])
  expect(marked('한국'.normalize('NFD'), '국')).toEqual(['국'.normalize('NFD')])
  expect(marked('in C++, not C# 🎉', 'c++')).toEqual(['C++'])
  expect(marked('회\u200b의 ｶﾞｲﾄﾞ', '회의 ガ')).toEqual(['회\u200b의', 'ｶﾞ'])
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => stretches(text, { query: '가 a', isComposing: true }, 'content'), make)
})
