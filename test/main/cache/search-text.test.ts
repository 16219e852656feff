import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toIndexText, toMatchExpression } from '../../../main/cache/search-text.ts'
import { live } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere } from './fixtures.ts'

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

test.each([
  ['안녕하세요', ['안녕', '녕하', '하세', '세요', '요']],
  ['네', ['네']],
  ['ㅋㅋㅋ', ['ㅋㅋ', 'ㅋㅋ', 'ㅋ']],
  ['v2출시!', ['v2', '출시', '시', '!']],
  ['東京タワー', ['東京', '京タ', 'タワ', 'ワー', 'ー']],
  ['hello, world', ['hello,', 'world']],
  ['한국'.normalize('NFD'), ['한국', '국']],
])('%s is indexed as %j', (text, expected) => {
  expect(words(toIndexText(text))).toEqual(expected)
})

test.each(['', '  ', '"', '*', '()', '- + ^', '…', "'"])('%j asks for nothing', query => {
  expect(toMatchExpression(query)).toBeNull()
})

/** Which of these texts a query finds, in the real index. */
const finder = (texts: string[]): ((query: string) => string[]) => {
  const cache = cacheHere()
  cache.storeMessages(texts.map((content, n) => live(`m${n}`, n, { content })))
  return query => cache.searchMessages({ query, limit: 500 }).hits.map(hit => hit.message.content)
}

test.each([
  ['하나', '하나둘셋', true],
  ['나둘', '하나둘셋', true],
  ['둘셋', '하나둘셋', true],
  ['셋', '하나둘셋', true],
  ['나', '하나둘셋', true],
  ['나셋', '하나둘셋', false],
  ['셋하', '하나둘셋', false],
  ['둘 하나', '하나둘셋', true],
  ['v2출', 'v2출시', true],
  ['출시v2', '신규 출시v2 배포', true],
  ['시v2', '신규 출시v2 배포', true],
  ['출v2', '신규 출시v2 배포', false],
  ['2시', '오후 2시간', true],
  ['東', '東京タワー', true],
  ['タワ', '東京タワー', true],
  ['𠮷', '𠮷野家', true],
  ['café', 'Cafe au lait', true],
  ['CAFE', 'un café', true],
  ['hel', 'hello', true],
  ['ell', 'hello', false],
  ['hel world', 'hello world', false],
  ['0.9', 'release-0.9', true],
  ['release-0', 'release-0.9', true],
  ['AND', 'this and that', true],
  ['content:hello', 'hello', false],
  ['hello*', 'hello', true],
  ['"hello', 'say "hello"', true],
  ['NEAR(hello)', 'hello', false],
])('%j in %j: %s', (query, text, expected) => {
  expect(finder([text])(query)).toEqual(expected ? [text] : [])
})

test('every piece of a text in Hangul, kana or Han finds it; what is no piece of it does not', () => {
  const dense = fc
    .array(fc.constantFrom('가', '나', '다', '안', '녕', 'ㅋ', '京', 'タ', 'ー', '𠮷'), {
      minLength: 1,
      maxLength: 8,
    })
    .map(characters => characters.join(''))
  const texts = fc.sample(dense, 300)
  const find = finder(texts)
  fc.assert(
    fc.property(dense, query => {
      expect(find(query).sort()).toEqual(texts.filter(text => text.includes(query)).sort())
    }),
    { numRuns: 500 },
  )
})

test('no query, whatever is in it, makes the search fail', () => {
  const find = finder(['안녕 hello', '"quoted" text'])
  const anything = fc
    .array(
      fc.oneof(
        fc.constantFrom(...Array.from('"*()-+:^{}\'\0 가나é'), 'NEAR(', ' AND '),
        fc.integer({ min: 0, max: 0x10ffff }),
      ),
    )
    .map(parts => parts.map(part => (typeof part === 'string' ? part : String.fromCodePoint(part))).join(''))
  fc.assert(
    fc.property(anything, query => {
      expect(Array.isArray(find(query))).toBe(true)
    }),
    { numRuns: 300 },
  )
  expect(find('가 '.repeat(100))).toEqual([])
  expect(find('" OR '.repeat(40))).toEqual([])
})
