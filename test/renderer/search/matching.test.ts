import { expect, test } from 'vitest'
import { placeIn } from '../../../renderer/search/matching.ts'

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
