import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grammar } from '../../../shared/text/markdown-grammar.ts'
import { markdownOf, plainText, type Block, type Inline } from '../../../shared/text/markdown.ts'
import { expectLinear, hostileTexts } from './growth.ts'

/** A short notation of the tree: `strong(text)`. */
const inline = (pieces: readonly Inline[]): string =>
  pieces
    .map(piece => {
      if (piece.kind === 'text') return piece.text
      if (!('children' in piece)) return `${piece.kind}(${piece.text})`
      const aim = piece.kind === 'link' ? `${piece.deceives ? '!' : ''}${piece.host ?? ''}:` : ''
      return `${piece.kind}(${aim}${inline(piece.children)})`
    })
    .join('')

const notation = (blocks: readonly Block[]): string =>
  blocks
    .map(block => {
      if (block.kind === 'code') return `code[${block.language ?? ''}](${block.text})`
      if (block.kind === 'quote') return `quote(${notation(block.children)})`
      if (block.kind === 'list') return `list[${block.start ?? ''}](${block.items.map(notation).join(';')})`
      return block.kind === 'heading' ? `heading(${inline(block.children)})` : inline(block.children)
    })
    .join('|')

const read = (text: string): string => notation(markdownOf(text, '지우'))

test.each([
  [
    '**bold** *italic* _italic_ ~~gone~~ `code`',
    'strong(bold) emphasis(italic) emphasis(italic) strike(gone) code(code)',
  ],
  ['***both***, **a*b*c**', 'emphasis(strong(both)), strong(a*b*c)'],
  ['one\n  two\n\n\nthree', 'one\n  two\n\n\nthree'],
  ['  art\n   *x*', '  art\n   emphasis(x)'],
  ['a\n```ts\nlet a\n\n  b\n```\nc', 'a|code[ts](let a\n\n  b)|c'],
  ['```\nopen **a**', 'code[](open **a**)'],
  ['~~~\na\n~~~', 'code[](a)'],
  ['> quote\n> *two*\nanswer', 'quote(quote\nemphasis(two))|answer'],
  ['> a\n> > b', 'quote(a|quote(b))'],
  ['> ```\n> x\n> ```', 'quote(code[](x))'],
  ['- a\n- b\n  - c\nend', 'list[](a;b|list[](c))|end'],
  ['3. a\n4. b', 'list[3](a;b)'],
  ['- a\n\n  b\n- c', 'list[](a|b;c)'],
  ['# Title *x* #\ntext', 'heading(Title emphasis(x))|text'],
  ['`` a`b ``', 'code(a`b)'],
  ['\\*a\\* ¯\\_(ツ)_/¯', '*a* ¯_(ツ)_/¯'],
])('%j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  ['**굵게**는', 'strong(굵게)는'],
  ['**"인용"**은 그래요', 'strong("인용")은 그래요'],
  ['이것은**(중요)**입니다', '이것은strong((중요))입니다'],
  ['**「引用」**は', 'strong(「引用」)は'],
  ['*기울임*과 _밑줄_은', 'emphasis(기울임)과 emphasis(밑줄)은'],
  ['~~취소!~~는', 'strike(취소!)는'],
  ['**🎉축하🎉**해요', 'strong(🎉축하🎉)해요'],
  ['`코드`를 **`코드`**를', 'code(코드)를 strong(code(코드))를'],
])('Korean particles follow emphasis without a space: %j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  'snake_case_name 보고서_최종_수정.docx 3*4*5 2 * 3 * 4',
  '네~~ 안녕하세요~~반가워요~~ 3~5시~6시',
  '2026. 12. 1. 회의',
  '12. 1. 회의',
  '#general #1',
  'C:\\new \\\\server\\share',
  '<b>bold</b> &amp; <img src=x>',
  'a\n---\nb\n===\n***',
  '    four spaces\n\ttab',
  '[a](javascript:alert(1)) [b](file:///etc) [c](/path) [d] [e][f] [](https://a.example/)x'.slice(0, 62),
  ...['-', '*', '+', '1.', '>', '>>', '#', '```', '**', '****', '+ 1', '- ', '[]()', '~~~', '`'],
])('%j stays as it was typed', text => {
  expect(read(text)).toBe(text)
  expect(plainText(text)).toBe(text)
})

test.each([
  ['https://a.example/b', 'link(:https://a.example/b)'],
  ['[문서](https://a.example/b)를', 'link(a.example:문서)를'],
  ['[**a** b](https://a.example)', 'link(a.example:strong(a) b)'],
  ['[a](https://a.example/b_(c)) d)', 'link(a.example:a) d)'],
  ['[bank.example](https://evil.example)', 'link(!evil.example:bank.example)'],
  ['[https://bank.example/](https://evil.example)', 'link(!evil.example:https://bank.example/)'],
  ['[a.example](https://a.example)', 'link(a.example:a.example)'],
  ['[x](https://gооgle.com)', 'link(!xn--ggle-55da.com:x)'],
  ['[mail](mailto:me@evil.example)', 'link(evil.example:mail)'],
  ['[see www.b.example](https://a.example)', 'link(!a.example:see www.b.example)'],
  ['![picture](https://a.example/b.png)', '!link(a.example:picture)'],
  ['https://a.example/_b_*c*', 'link(:https://a.example/_b_*c)*'],
])('links: %j', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test('the own name stands out, also before a particle, but neither in an address nor in code', () => {
  expect(read('@지우님, https://a.lan/@지우 `@지우` **@지우**')).toBe(
    'mention(@지우)님, link(:https://a.lan/@지우) code(@지우) strong(mention(@지우))',
  )
  expect(notation(markdownOf('@지우', null))).toBe('@지우')
})

test.each([
  ['**굵게**는 `코드`와 [문서](https://a.example)', '굵게는 코드와 문서'],
  ['> quote\n> two\n\n- a\n- b\n\n```js\ncode\n```', 'quote\ntwo\na\nb\ncode'],
  ['# Title\n\ntext', 'Title\ntext'],
])('plain text of %j', (text, expected) => {
  expect(plainText(text)).toBe(expected)
})

const written = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 5 }),
    fc.constantFrom(
      ...'* ** *** _ __ ~~ ` ``` > - 1. # [ ]( ) \\ \n \n\n @지우 https://a.b/c 가 a'.split(' '),
    ),
    fc.constantFrom('\n', ' ', '    ', '\t'),
  ),
  { maxLength: 60 },
)

test('no text is lost but the signs, and no link leads elsewhere, whatever is written', () => {
  const letters = (text: string): string => text.replaceAll(/[^\p{L}@]/gu, '')
  const hrefs = (blocks: readonly Block[]): string[] =>
    [...JSON.stringify(blocks).matchAll(/"href":"([^"]*)"/g)].map(([, href = '']) => href)
  fc.assert(
    fc.property(written, parts => {
      const text = parts.join('')
      const blocks = markdownOf(text, '지우')
      // The address of a link with a text of its own, and the language of code, don't show.
      if (!/\]\(|```|~~~/.test(text)) expect(letters(plainText(text))).toBe(letters(text))
      for (const href of hrefs(blocks)) expect(href).toMatch(/^(?:https?|mailto):/u)
      if (text.trim() !== '') expect(plainText(text).trim()).not.toBe('')
    }),
    { numRuns: 1_000 },
  )
})

const hostileMarkdown: typeof hostileTexts = [
  ['stars', size => '*a '.repeat(size)],
  ['stars in words', size => '**a*가'.repeat(size)],
  ['low lines', size => '_a __b '.repeat(size)],
  ['tildes', size => '~~a '.repeat(size)],
  ['one run of stars', size => '*'.repeat(size)],
  ['brackets opened', size => '['.repeat(size)],
  ['brackets closed', size => ']('.repeat(size)],
  ['links', size => '[a](https://a.b)'.repeat(size)],
  ['links without end', size => '[a](https://'.repeat(size)],
  ['links in links', size => `${'['.repeat(size)}a${'](https://a.b)'.repeat(size)}`],
  [
    'backticks of all lengths',
    size => Array.from({ length: Math.sqrt(size * 2) }, (_, n) => '`'.repeat(n)).join(' '),
  ],
  ['quotes in quotes', size => '>'.repeat(size)],
  ['quotes in quotes, line by line', size => `${'> '.repeat(50)}a\n`.repeat(size / 50)],
  ['lists in lists', size => '- '.repeat(size)],
  [
    'lists in lists, line by line',
    size => Array.from({ length: Math.sqrt(size) }, (_, n) => `${'  '.repeat(n)}- a`).join('\n'),
  ],
  ['numbers', size => '1. '.repeat(size)],
  ['fences', size => '```\n'.repeat(size)],
  ['backslashes', size => '\\'.repeat(size)],
  ['headings', size => '# a\n'.repeat(size)],
  ['addresses in link texts', size => '[https://a.b/'.repeat(size)],
]

test.each([...hostileTexts, ...hostileMarkdown])('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => grammar.parse(text), make)
  expectLinear(text => markdownOf(text, '지우'), make)
})

test.each([...hostileTexts, ...hostileMarkdown])(
  '%s: the longest message takes less than a blink',
  (_what, make) => {
    const text = make(20_000).slice(0, 20_000)
    const start = process.threadCpuUsage()
    const depth = JSON.stringify(markdownOf(text, '지우')).length
    const { user, system } = process.threadCpuUsage(start)
    expect((user + system) / 1000).toBeLessThan(500)
    expect(depth).toBeLessThan(60 * text.length + 500)
  },
)
