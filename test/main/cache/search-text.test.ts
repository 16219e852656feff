import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toIndexText, toMatchExpression } from '../../../main/cache/search-text.ts'
import { live } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere } from './fixtures.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

/** What stands for signs in the index. */
const letter = (signs: string): string =>
  Array.from(signs, sign => String.fromCodePoint(0xf0000 + sign.charCodeAt(0))).join('')

test.each([
  ['안녕하세요', ['안녕', '녕하', '하세', '세요', '요']],
  ['네', ['네']],
  ['ㅋㅋㅋ', ['ㅋㅋ', 'ㅋㅋ', 'ㅋ']],
  ['v2출시!', ['V2', '출시', '시', letter('!')]],
  ['東京タワー', ['東京', '京タ', 'タワ', 'ワー', 'ー']],
  ['hello, world', ['HELLO', letter(','), 'WORLD']],
  ['C++', ['C', letter('++'), letter('+')]],
  ['한국'.normalize('NFD'), ['한국', '국']],
])('%s is indexed as %j', (text, expected) => {
  expect(words(toIndexText(text))).toEqual(expected)
})

test.each(['', '  ', '\0', '\u200b', '\u3164 \ufe0f'])('%j asks for nothing', query => {
  expect(toMatchExpression(query, false)).toBeNull()
  expect(toMatchExpression(query, true)).toBeNull()
})

/** Which of these texts a query finds, in the real index. */
const finder = (texts: string[]): ((query: string, isComposing?: boolean) => string[]) => {
  const cache = cacheHere()
  cache.storeMessages(texts.map((content, n) => live(`m${n}`, n, { content })))
  return (query, isComposing) =>
    cache.searchMessages({ query, isComposing, limit: 500 }).hits.map(hit => hit.message.content)
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
  ['hello*', 'hello', false],
  ['"hello', 'say "hello"', true],
  ['NEAR(hello)', 'hello', false],
  ['🎉', 'done 🎉🎉', true],
  ['🎉', 'done 🎊', false],
  ['🎉', '축하해요🎉👏', true],
  ['👏', '축하해요🎉👏', true],
  ['👍', '👍🏽', true],
  ['👩‍🚀', 'an 👩‍🚀 here', true],
  ['❤', '❤️', true],
  ['???', 'what???!', true],
  ['???', 'what?? ?', false],
  ['→', 'a→b', true],
  ['a→b', 'a→b', true],
  ['C++', 'in C++17', true],
  ['C++', 'in C#', false],
  ['C#', 'in C#', true],
  ['C+', 'in C++', true],
  ['.NET', 'on .NET 9', true],
  ['.NET', 'the net', false],
  ['don’t', "don't", true],
  ['e-mail', 'e–mail', true],
  ['"', 'say "so"', true],
  ['𓀀', '𓀀𓁀', true],
  ['ＡＢＣ１２３', 'abc123', true],
  ['abc123', 'ＡＢＣ１２３', true],
  ['ｶﾞｲﾄﾞ', 'ガイド', true],
  ['ガイド', 'ｶﾞｲﾄﾞ', true],
  ['カイト', 'ガイド', false],
  ['회의', '회\u200b의', true],
  ['회\u200b의', '회의', true],
  ['\u1112\u110b\u1109', 'ㅎㅇㅅ', true],
  ['ㅎㅇㅅ', '\uffbe\uffb7\uffb5', true],
  ['ㅠㅠ', 'ㅋㅋㅠㅠ', true],
  ['STRASSE', 'Straße', true],
  ['шел', 'шёл', true],
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

test.each([
  ['ㅎ 하 한 하나 하낟 하나두 하나둘', '하나둘셋'],
  ['ㅂ 보 봐 봥 봐야 봐얒 봐야지', '일단 봐야지'],
  ['ㄷ 다 달 닭 닭ㄱ 닭가 닭갈 닭갋 닭갈비', '오늘은 닭갈비'],
  ['ㄷ 다 달 닭 달갸 달걀', '삶은 달걀'],
  ['ㅇ 이 있 이써 이썼 이썼다', '재미이썼다'],
  ['ㅋ ㅋㅋ ㅋㅋㅋ', 'ㅋㅋㅋㅋ'],
  ['가나다라마바사아ㅈ 가나다라마바사아자ㅊ 가나다라마바사아자차', '가나다라마바사아자차'],
  ['v2ㅊ v2추 v2출 v2춠 v2출시', 'v2출시'],
])('at every key of %j, %j is found', (steps, text) => {
  const find = finder([text])
  for (const step of steps.split(' ')) expect([step, find(step, true)]).toEqual([step, [text]])
})

test('what a syllable can not become is not found, nor is anything of it once it is whole', () => {
  const texts = ['하늘', '호수', '한강', '나하', '글', '그래']
  const find = finder(texts)
  expect(find('하', true).sort()).toEqual(['나하', '하늘', '한강'])
  expect(find('한', true).sort()).toEqual(['하늘', '한강'])
  expect(find('한')).toEqual(['한강'])
  expect(find('글', true).sort()).toEqual(['그래', '글'])
  expect(find('글')).toEqual(['글'])
  expect(find('하늘 글', true)).toEqual([])
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

test.each(hostileTexts)('%s: the time of indexing grows with the text', (_what, make) => {
  expectLinear(toIndexText, make)
})
