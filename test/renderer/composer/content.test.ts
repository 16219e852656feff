import { expect, test } from 'vitest'
import { contentOf } from '../../../renderer/composer/content.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

test('what is sent is composed, without blank lines before it and white space after it', () => {
  expect(contentOf(' \n\t\n  지우 \n\n'.normalize('NFD'))).toBe('  지우')
  expect(contentOf(' \n ')).toBe('')
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(contentOf, make)
})
