import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold, foldForSearch, foldWithPlaces, nameKey } from '../../../shared/text/fold.ts'
import { expectLinear, hostileTexts } from './growth.ts'

test.each([
  ['Straße', 'STRASSE'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ｶﾞｷﾞ', 'ガギ'],
  ['회의실'.normalize('NFD'), '회의실'],
  ['\u1112\u110b\u1109', 'ㅎㅇㅅ'],
  ['\uffbe\uffb7\uffb5', 'ㅎㅇㅅ'],
  ['\uffbe\uffc2', '하'],
  ['회\u200b의', '회의'],
  ['οδος', 'ΟΔΟΣ'],
])('%s reads like %s', (one, other) => {
  expect(fold(one)).toBe(fold(other))
  expect(foldForSearch(one)).toBe(foldForSearch(other))
})

test.each([
  ['ㅋㅋㅠㅠ', 'ㅋ큐ㅠ'],
  ['ガ', 'カ'],
  ['하', '한'],
])('%s does not read like %s', (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
  expect(foldForSearch(one)).not.toBe(foldForSearch(other))
})

test('accents tell names apart, and are nothing to the search; so are the shapes of quotes and hyphens', () => {
  expect(fold('José')).not.toBe(fold('Jose'))
  expect(foldForSearch('José')).toBe(foldForSearch('Jose'))
  expect(foldForSearch('don’t — “a”')).toBe(foldForSearch(`don't - "a"`))
})

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...Array.from('aßİŉΣς한ㅋㅠéガ🎉、…—’ '),
      ...Array.from('\u0301\u0316\u200b\u200d\ufe0f\u1112\u1161\u11ab\uffbe\uffc2ｶﾞ'),
    ),
    fc.constantFrom('👩‍🚀', '한'.normalize('NFD'), 'ᾂ'.normalize('NFD')),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
})

test('folding with places folds as folding does, and its places cover the text in order', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(fold, foldForSearch), (original, folding) => {
      const folded = foldWithPlaces(original, folding)
      expect(folded.text).toBe(folding(original))
      expect([folded.starts.length, folded.ends.length]).toEqual([folded.text.length, folded.text.length])
      expect(folded.starts).toEqual(folded.starts.toSorted((a, b) => a - b))
      for (const [unit, start] of folded.starts.entries()) {
        expect(original.slice(start, folded.ends[unit])).not.toBe('')
      }
    }),
    { numRuns: 2_000 },
  )
})

test('what is folded stays as it is when it is folded again', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(fold, foldForSearch), (original, folding) => {
      expect(folding(folding(original))).toBe(folding(original))
    }),
  )
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

/** How the keys in the databases of hosts were made before names and the search were folded alike. */
const storedKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFC')

test('the keys of names are those that hosts have stored', () => {
  for (const name of ['ㅋㅋ', '지우', 'ㅈㅣㅇㅜ', 'οδος', 'Straße', 'ﾾﾡ', '  Kim   Minjun ', '이가-1', '🎉'])
    expect([name, nameKey(name)]).toEqual([name, storedKey(name)])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 64 }), name => {
      expect(nameKey(name)).toBe(storedKey(name))
    }),
    { numRuns: 2_000 },
  )
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(fold, make)
  expectLinear(foldForSearch, make)
  expectLinear(original => foldWithPlaces(original, foldForSearch), make)
  expectLinear(nameKey, make)
})
