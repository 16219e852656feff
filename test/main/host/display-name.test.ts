import { expect, test } from 'vitest'
import { displayNameSchema, nameKey, topicSchema } from '../../../main/host/display-name.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

test('a name is trimmed and composed', () => {
  expect(displayNameSchema.parse('  지우  '.normalize('NFD'))).toBe('지우')
  expect(displayNameSchema.parse('👩‍🚀 Ada')).toBe('👩‍🚀 Ada')
  expect(displayNameSchema.parse('x'.repeat(64))).toHaveLength(64)
})

test.each([
  ['nothing', ''],
  ['only spaces', '   '],
  ['only a joiner', '\u200d'],
  ['only Hangul fillers', '\u3164\u3164'],
  ['only empty Braille', '\u2800'],
  ['too long', 'x'.repeat(65)],
  ['a line break', 'A\nB'],
  ['a NUL', 'A\0'],
  ['text turned around', 'A\u202eB'],
  ['a zero-width space', 'A\u200bB'],
])('%s is no name', (_what, name) => {
  expect(displayNameSchema.safeParse(name).success).toBe(false)
})

test('names that read alike are the same name', () => {
  for (const [one, other] of [
    ['Ada', 'ADA'],
    ['Ada', 'Ａｄａ'],
    ['Ada Lovelace', 'ada   lovelace'],
    ['지우', '지우'.normalize('NFD')],
    ['Ada', 'A\u200dda'],
    ['Ada', 'Ada\u3164'],
    ['Ada', 'Ada\uffa0'],
    ['Ada', '\u115fAda'],
    ['Ada', 'A\u00adda'],
    ['Ada', 'A\u034fda'],
    ['Ada', 'Ada\ufe0f'],
    ['Ada', 'Ada\u{e0101}'],
    ['Ada', 'Ada\u2800'],
    ['지우', 'ㅈㅣㅇㅜ'],
    ['지우', '\u110c\u200d\u1175우'],
    ['Straße', 'STRASSE'],
    ['οδος', 'ΟΔΟΣ'],
    ['οδοσ', 'ΟΔΟΣ'],
  ] as const) {
    expect(nameKey(one), `${one} ${other}`).toBe(nameKey(other))
  }
  expect(nameKey('지우')).not.toBe(nameKey('지유'))
})

test.each(hostileTexts)('a name or a topic of %s takes time in proportion', (_what, make) => {
  expectLinear(name => displayNameSchema.safeParse(name), make)
  expectLinear(topic => topicSchema.safeParse(topic), make)
})

test('a name is not looked at where it is too long to become one', () => {
  expect(displayNameSchema.parse('ᾂ'.normalize('NFD').repeat(64))).toBe('ᾂ'.repeat(64))
  expect(displayNameSchema.safeParse('ᾂ'.normalize('NFD').repeat(65)).error?.issues).toMatchObject([
    { code: 'too_big' },
  ])
  expect(topicSchema.safeParse('\u0301'.repeat(2_001)).error?.issues).toMatchObject([{ code: 'too_big' }])
})
