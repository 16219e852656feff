import { expect, test } from 'vitest'
import { escapeControls, withoutControls } from '../../../shared/text/controls.ts'
import { expectLinear, hostileTexts } from './growth.ts'

const acting = [
  '\0',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u009d',
  '\u061c',
  '\u200e',
  '\u202e',
]
const others = ['\u2028', '\u2029', '\u2066', '\u2069', '\u206a', '\ufff9']

test.each([...acting, ...others])('%j is taken out, or escaped as JSON does it', character => {
  expect(withoutControls(`a${character}b`)).toBe('ab')
  const escaped = escapeControls(`a${character}b`)
  expect(escaped).toMatch(/^a\\u[\da-f]{4}b$/)
  expect(JSON.parse(`"${escaped}"`)).toBe(`a${character}b`)
})

test('text that stands for itself stays as it is', () => {
  const text = 'two\nlines, 한글, 👩‍👩‍👧‍👦, עברית, \u00a0, \u00ad'
  expect([withoutControls(text), escapeControls(text)]).toEqual([text, text])
})

test.each(hostileTexts)('%s takes time in proportion', (_what, make) => {
  expectLinear(escapeControls, make)
})
