import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from '../../../renderer/search/marks.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

/** The excerpt as one text, what is marked in brackets. */
const marked = (content: string, query: string, isComposing = false): string =>
  excerptOf(content, { query, isComposing })
    .map(piece => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['하트비트 간격이 10초', '하트비트', '[하트비트] 간격이 10초'],
  ['회의실에서 하트비트를', '트비', '회의실에서 하[트비]트를'],
  ['Heart-beat grace, heart-beat', 'HEART', '[Heart]-beat grace, [heart]-beat'],
  ['café au lait', 'cafe', '[café] au lait'],
  ['one two three', 'three  one', '[one] two [three]'],
  ['banana', 'ana nan', 'b[anan]a'],
  ['two\nlines\tand  more', 'lines', 'two [lines] and more'],
  ['안녕'.normalize('NFD'), '안녕', '[안녕]'],
  ['🙂 emoji before', 'emoji', '🙂 [emoji] before'],
  ['nothing here', 'absent', 'nothing here'],
  ['cost (in €): 5.5 or 565', '5.5 (in', 'cost [(in] €): [5.5] or 565'],
  ['nothing asked', '   ', 'nothing asked'],
])('%s, asked for %s', (content, query, expected) => {
  expect(marked(content, query)).toBe(expected)
})

test.each([
  ['ㅎ', '[하]나 둘, [한]국, 오ㅋ'],
  ['하', '[하]나 둘, [한]국, 오ㅋ'],
  ['한', '[하나] 둘, [한]국, 오ㅋ'],
  ['하나', '[하나] 둘, 한국, 오ㅋ'],
  ['하나 ㄷ', '[하나] [둘], 한국, 오ㅋ'],
  ['한 둘', '하나 [둘], [한]국, 오ㅋ'],
  ['ㅋ', '하나 둘, 한국, 오[ㅋ]'],
])('while %s is being typed, what it may become is marked', (query, expected) => {
  expect(marked('하나 둘, 한국, 오ㅋ', query, true)).toBe(expected)
})

test('of a long text the part around the first hit is shown', () => {
  const text = marked(`${'앞말 '.repeat(200)}하트비트 ${'뒷말 '.repeat(200)}`, '하트비트')
  expect(text).toMatch(/^…앞말 /u)
  expect(text).toContain('[하트비트]')
  expect(text).toMatch(/…$/u)
  expect(text.length).toBeLessThan(320)
})

test('an excerpt never splits a character, and marks only what was asked for', () => {
  const text = fc.string({ unit: fc.constantFrom('🙂', '안', 'a', 'é', ' ', '\n', 'İ', 'ß'), maxLength: 700 })
  fc.assert(
    fc.property(text, fc.constantFrom('안', 'a', '🙂', 'e', 'i', 'aa a'), (content, query) => {
      const pieces = excerptOf(content, { query, isComposing: false })
      expect(
        pieces
          .map(piece => piece.text)
          .join('')
          .isWellFormed(),
      ).toBe(true)
      if (!pieces.some(piece => piece.marked)) return
      expect(content.normalize('NFD').toLowerCase()).toContain(query.normalize('NFD').split(' ').at(-1))
    }),
  )
})

test('of a message longer than anybody here may write, the rest is not looked at', () => {
  expect(marked(`${'앞말 '.repeat(10_000)}하트비트`, '하트비트')).toMatch(/^앞말 [^[]+…$/u)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => excerptOf(text, { query: '가 a', isComposing: true }), make)
})
