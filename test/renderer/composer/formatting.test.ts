import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatOfStroke, formatted, formats, type Format } from '../../../renderer/composer/formatting.ts'
import { isInFence } from '../../../renderer/composer/fence.ts'
import { markdownOf } from '../../../shared/text/markdown.ts'

/** A text whose selection stands between `[` and `]`. */
const at = (marked: string): [text: string, start: number, end: number] => {
  const start = marked.indexOf('[')
  return [marked.replaceAll(/[[\]]/g, ''), start, marked.indexOf(']') - 1]
}

const after = (format: Format, marked: string): string => {
  const [text, start, end] = at(marked)
  const edit = formatted(format, text, start, end)
  const changed = text.slice(0, edit.from) + edit.text + text.slice(edit.to)
  const [from, to] = edit.selection
  return `${changed.slice(0, from)}[${changed.slice(from, to)}]${changed.slice(to)}`
}

test.each([
  ['bold', 'a [b] c', 'a **[b]** c'],
  ['bold', 'a [b ] c', 'a **[b]**  c'],
  ['bold', 'a **[b]** c', 'a [b] c'],
  ['bold', 'a [**b**] c', 'a [b] c'],
  ['bold', '[]', '**[]**'],
  ['bold', '**[]**', '[]'],
  ['bold', '[굵게]는', '**[굵게]**는'],
  ['italic', '**[a]**', '**_[a]_**'],
  ['strike', '[a b]', '~~[a b]~~'],
  ['code', '`[a]`', '[a]'],
  ['quote', 'one\nt[w]o\nthree', 'one\n[> two]\nthree'],
  ['quote', '[> one\n> two]', '[one\ntwo]'],
  ['quote', 'one[]', '> one[]'],
  ['quote', '[]\none', '> []\none'],
  ['list', '[a\nb]', '[- a\n- b]'],
  ['codeBlock', 'x\n[a\nb]\ny', 'x\n```\n[a\nb]\n```\ny'],
  ['codeBlock', '[]', '```\n[]\n```'],
] as const)('%s: %s becomes %s', (format, before, expected) => {
  expect(after(format, before)).toBe(expected)
})

test('a format that is put on a word and taken away leaves the text as it was', () => {
  const reversible = formats.filter(format => format !== 'codeBlock')
  fc.assert(
    fc.property(
      fc.constantFrom(...reversible),
      fc.constantFrom('word', '말', 'two words'),
      (format, word) => {
        const once = after(format, `[${word}]`)
        expect(after(format, once)).toBe(`[${word}]`)
        expect(markdownOf(once.replaceAll(/[[\]]/g, ''), null)).not.toEqual(markdownOf(word, null))
      },
    ),
  )
})

const stroke = { code: 'KeyB', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false }
test.each([
  [stroke, false, 'bold'],
  [{ ...stroke, code: 'KeyX', shiftKey: true }, false, 'strike'],
  [{ ...stroke, code: 'KeyX' }, false, undefined],
  [{ ...stroke, ctrlKey: false, metaKey: true }, true, 'bold'],
  [{ ...stroke, metaKey: true }, true, undefined],
  [{ ...stroke, altKey: true }, false, undefined],
])('%o on a Mac (%s) means %s', (pressed, mac, format) => {
  expect(formatOfStroke(pressed, mac)).toBe(format)
})

test.each([
  ['```', true],
  ['```ts\nlet a', true],
  ['```\na\n```', false],
  ['```\na\n````', false],
  ['````\na\n```', true],
  ['~~~\n```', true],
  ['```\n``` x', true],
  ['``` a ` b', false],
  ['a ```', false],
  ['    ```', false],
  ['```\na\n```\n```', true],
])('after %j a block of code is open: %s', (text, expected) => {
  expect(isInFence(text)).toBe(expected)
})
