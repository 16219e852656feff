/** Where the words of a sentence stand in Chromium when a name in it is written from right to left. */
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { createTranslator } from '../../../shared/i18n/index.ts'

/** @returns the left edge of `part` in the sentence, in pixels. */
const leftOf = (sentence: Element, part: string): number => {
  const text = sentence.firstChild
  const start = text?.textContent?.indexOf(part) ?? -1
  if (!text || start < 0) throw new Error(`there is no “${part}”`)
  const range = document.createRange()
  range.setStart(text, start)
  range.setEnd(text, start + part.length)
  return range.getBoundingClientRect().left
}

test.each([
  ['a Hebrew name', '\u05d3\u05e0\u05d9', '\u05d3\u05e0\u05d9'],
  ['an Arabic name that ends in digits', '\u0644\u064a\u0644\u0649 7', '\u0644\u064a\u0644\u0649'],
  ['a name with an override', 'Eve\u202e', 'Eve'],
])('%s stays before the number and the words that follow it', async (_what, name, shown) => {
  const { t } = createTranslator('en')
  const { container } = await render(<p>{t('servers:mentions', { name, count: 3 })}</p>)
  const sentence = container.querySelector('p')
  if (!sentence) throw new Error('there is no sentence')
  const lefts = [shown, '3', 'messages', 'you'].map(part => leftOf(sentence, part))
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b))
})
