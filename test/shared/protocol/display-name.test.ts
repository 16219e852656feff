import { expect, test } from 'vitest'
import { displayNameSchema, topicSchema } from '../../../shared/protocol/display-name.ts'
import { expectLinear, hostileTexts } from '../text/growth.ts'

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
