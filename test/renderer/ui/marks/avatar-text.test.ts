import { expect, test } from 'vitest'
import { avatarText, hueOf, tileText } from '../../../../renderer/ui/marks/avatar-text.ts'

test.each([
  ['박지우', '지우', '지'],
  ['홍길동', '길동', '길'],
  ['남궁하늘별', '하늘', '하'],
  ['선우현', '우현', '우'],
  ['김구', '김구', '구'],
  ['Marcus Ødegaard', 'MØ', 'M'],
  ['Alexandra Papadopoulou-Winterbottom', 'AW', 'A'],
  ['ada', 'A', 'A'],
  ['동네 공방', '동공', '동'],
  ['<img src=x>', 'IS', 'I'],
  ['🦊', '?', '?'],
  ['', '?', '?'],
])('%s is %s, and %s where there is room for one', (name, two, one) => {
  expect([avatarText(name, 2), avatarText(name, 1)]).toEqual([two, one])
})

test('a name in decomposed Hangul is the same name', () => {
  expect(avatarText('박지우'.normalize('NFD'), 2)).toBe('지우')
})

test.each([
  ['한빛 스튜디오', '한빛'],
  ['rabbit.staging', 'RS'],
  ['Stompbox', 'St'],
  ['192.168.0.14:7070', '14'],
  ['127.0.0.1', '1'],
  ['1.2.3', '13'],
  ['  ', '?'],
])('the tile of %s says %s', (name, text) => {
  expect(tileText(name)).toBe(text)
})

test('a hue is one of eight, the same for the same seed, and all are used', () => {
  const seeds = Array.from({ length: 200 }, (_, index) => `person ${index}`)
  expect(new Set(seeds.map(hueOf))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]))
  expect(hueOf('박지우')).toBe(hueOf('박지우'))
})
