import { expect, test } from 'vitest'
import { coarseLength, contentOf, countFrom } from '../../../renderer/composer/content.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

test('what is sent is composed, without blank lines before it and white space after it', () => {
  expect(contentOf(' \n\t\n  지우 \n\n'.normalize('NFD'))).toBe('  지우')
  expect(contentOf(' \n ')).toBe('')
})

test('the length matters where a text is empty, and where it comes near the limit', () => {
  expect(coarseLength(' \n ')).toBe(0)
  expect(coarseLength('a')).toBe(coarseLength('a'.repeat(100)))
  expect(coarseLength('a'.repeat(countFrom))).toBe(countFrom)
  expect(coarseLength('a'.repeat(countFrom + 1))).toBe(countFrom + 1)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(contentOf, make)
})
