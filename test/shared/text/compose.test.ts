import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compose } from '../../../shared/text/compose.ts'
import { expectLinear, hostileTexts } from './growth.ts'

test('text is composed, and brought to its compatibility form where that is asked for', () => {
  expect(compose('지우 é'.normalize('NFD'))).toBe('지우 é')
  expect(compose('ＡＢＣ')).toBe('ＡＢＣ')
  expect(compose('ＡＢＣ ｶﾞ', 'NFKC')).toBe('ABC ガ')
})

test('text that people write is what String.normalize gives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      expect(compose(text)).toBe(text.normalize('NFC'))
      expect(compose(text, 'NFKC')).toBe(text.normalize('NFKC'))
    }),
  )
})

test('of more than 30 marks in a row, none is lost', () => {
  const marks = '\u0316'.repeat(100)
  const composed = compose(`a${marks}`)
  expect(composed.replaceAll('\u034f', '')).toBe(`a${marks}`)
  expect(compose(composed)).toBe(composed)
})

test('no character becomes a combining mark without counting as one', () => {
  const run = /^a[[\p{M}\uff9e\uff9f]--[\u034f]]*$/v
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code)
    const [first = ''] = character.normalize('NFKD')
    // U+0345 has the highest combining class: every other mark goes before it.
    const isMark = first === '\u0345' || `a\u0345${first}`.normalize('NFD') !== `a\u0345${first}`
    if (isMark) expect(`a${character}`).toMatch(run)
  }
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(compose, make)
  expectLinear(text => compose(text, 'NFKC'), make)
})
