import { expect, test } from 'vitest'
import { endingsOf, endsInHangul } from '../../../shared/text/hangul.ts'

const endings = (character: string): string =>
  endingsOf(character)
    .map(({ stem, from, to }) => `${stem}${from}-${to}`)
    .join(' ')

test.each([
  ['ㅎ', 'ㅎ-ㅎ 하-힣'],
  ['ㄱ', 'ㄱ-ㄱ 가-깋'],
  ['ㅏ', 'ㅏ-ㅏ'],
  ['ㄳ', 'ㄳ-ㄳ'],
  ['하', '하-핳'],
  ['고', '고-굏'],
  ['과', '과-괗'],
  ['구', '구-귛'],
  ['그', '그-긯'],
  ['기', '기-깋'],
  ['한', '한-핞 하나-닣'],
  ['각', '각-갃 가가-깋'],
  ['갂', '갂-갂 가까-낗'],
  ['달', '달-닳 다라-맇'],
  ['닭', '닭-닭 달가-깋'],
  ['않', '않-않 안하-힣'],
  ['값', '값-값 갑사-싷'],
  ['있', '있-있 이싸-앃'],
  ['강', '강-강 가아-잏'],
  ['a', 'a-a'],
  ['🙂', '🙂-🙂'],
])('%s may become %s', (character, expected) => {
  expect(endings(character)).toBe(expected)
})

test.each([
  ['회의 ㅎ', true],
  ['하', true],
  ['にほん', false],
  ['ni', false],
  ['하 ', false],
  ['', false],
])('%j ends in Hangul: %s', (text, expected) => {
  expect(endsInHangul(text)).toBe(expected)
})
