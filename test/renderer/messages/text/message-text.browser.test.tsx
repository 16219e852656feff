import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { placeOfCharacter } from '../../../../renderer/messages/text/message-part.ts'
import { plainText } from '../../../../shared/text/markdown.ts'
import { aMessage, aRoom, stored } from '../../../shared/contract/examples.ts'
import { openRoom, row, shownRow } from '../open-room.tsx'

const everything = [
  '**굵게**는 *slanted* _기울임_ ~~gone~~ `code` @박지우',
  '# Title',
  '> quote\n> two',
  '- a\n- b\n  1. c\n  2. d',
  '```ts\nconst a = "한글" // why\n```',
  'end',
].join('\n')

test('each mark becomes an element of its own, and HTML none', async () => {
  await openRoom([aMessage(1, { content: `${everything}\n<u>x</u>`, mentionsMe: true })])
  const message = await shownRow('m1')
  const textOf = (selector: string): (string | null)[] =>
    [...message.querySelectorAll(selector)].map(({ textContent }) => textContent)
  expect(textOf('p b')).toEqual(['굵게'])
  expect(textOf('em')).toEqual(['slanted', '기울임'])
  expect(textOf('s')).toEqual(['gone'])
  expect(textOf('p code')).toEqual(['code'])
  expect(textOf('blockquote')).toEqual(['quote\ntwo'])
  expect(textOf('ul > li')).toEqual(['a', 'bcd'])
  expect(textOf('ol > li')).toEqual(['c', 'd'])
  expect(textOf('pre')).toEqual(['const a = "한글" // why'])
  expect(message.querySelector('u')).toBeNull()
  await expect.element(page.getByText('@박지우', { exact: true })).toBeVisible()
})

test('Latin is slanted, Hangul is not', async () => {
  await openRoom([aMessage(1, { content: '*slanted* _기울임_' })])
  const styles = [...(await shownRow('m1')).querySelectorAll('em')].map(
    each => getComputedStyle(each).fontStyle,
  )
  expect(styles).toEqual(['italic', 'normal'])
})

test('every character of the plain text has its place, in the order of the text', async () => {
  await openRoom([aMessage(1, { content: everything })])
  const message = await shownRow('m1')
  const text = plainText(everything)
  expect([...message.querySelectorAll('[data-block]')].map(({ textContent }) => textContent).join('\n')).toBe(
    text,
  )
  let top = 0
  for (const word of ['굵게', 'Title', 'quote', 'two', 'a\n', 'c\n', 'd\n', 'const', 'end']) {
    const place = placeOfCharacter(message, text.indexOf(word))
    expect(place?.top, word).toBeGreaterThanOrEqual(top)
    top = place?.top ?? Infinity
  }
  expect(placeOfCharacter(message, text.length)).toBeNull()
})

test('code is coloured when its language is known, stays exactly the code, and is copied', async () => {
  const code = 'const a = "한글" // why'
  const { bridge } = await openRoom([
    aMessage(1, { content: `\`\`\`ts\n${code}\n\`\`\`` }),
    aMessage(2, { content: '```klingon\nqapla\n```' }),
  ])
  const message = await shownRow('m1')
  await expect.poll(() => message.querySelector('[data-token="keyword"]')?.textContent).toBe('const')
  expect(message.querySelector('pre')?.textContent).toBe(code)
  expect(row('m2')?.querySelector('pre')?.textContent).toBe('qapla')
  await userEvent.click(page.getByRole('button', { name: 'Copy code' }).first())
  await expect.poll(() => bridge.inputsOf('copyText')).toEqual([{ text: code }])
})

test('a link with a text of its own shows its host; one that deceives asks before it opens', async () => {
  const { bridge } = await openRoom([
    aMessage(1, { content: '[문서](https://docs.example/a)를 [bank.example](https://evil.example/)' }),
  ])
  await userEvent.click(page.getByRole('link', { name: '문서 docs.example' }))
  await expect.poll(() => bridge.inputsOf('openExternal')).toEqual([{ url: 'https://docs.example/a' }])
  await userEvent.click(page.getByRole('link', { name: 'bank.example evil.example' }))
  await expect.element(page.getByRole('dialog', { name: 'Open evil.example?' })).toBeVisible()
  expect(bridge.inputsOf('openExternal')).toHaveLength(1)
})

test('a few emoji alone are large', async () => {
  await openRoom([
    aMessage(1, { content: '👩‍👩‍👧‍👦 🎉' }),
    aMessage(2, { content: '🎉 yes' }),
    aMessage(3, { content: '🎉'.repeat(7) }),
    aMessage(4, { content: '12' }),
  ])
  const sizeOf = async (id: string): Promise<string> =>
    getComputedStyle((await shownRow(id)).querySelector('p') ?? document.body).fontSize
  expect(await sizeOf('m1')).toBe('32px')
  for (const id of ['m2', 'm3', 'm4']) expect(await sizeOf(id)).toBe('14px')
})

const long = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n')

test('a long message shows its beginning, and the rest on request, also after it was edited', async () => {
  const { bridge } = await openRoom([aMessage(1, { content: long }), aMessage(2)])
  const more = page.getByRole('button', { name: 'Show more' })
  await expect.element(more).toHaveAttribute('aria-expanded', 'false')
  const height = (): number => row('m1')?.clientHeight ?? 0
  expect(height()).toBeLessThan(400)
  await userEvent.click(more)
  await expect.poll(height).toBeGreaterThan(60 * 22)
  bridge.tell(stored(aMessage(1, { content: `${long}!` }), 'updated'))
  await expect.poll(() => row('m1')?.textContent).toContain('line 59!')
  expect(height()).toBeGreaterThan(60 * 22)
  await userEvent.click(page.getByRole('button', { name: 'Show less' }))
  await expect.poll(height).toBeLessThan(400)
})

test('a jump into a folded message unfolds it', async () => {
  const room = aRoom('general').key
  const { store } = await openRoom([aMessage(3, { content: `${long}\nneedle` }), aMessage(4)])
  await expect.element(page.getByRole('button', { name: 'Show more' })).toBeVisible()
  store.getState().openRoom(room, aMessage(3).id, `${long}\n`.length)
  await expect.element(page.getByRole('button', { name: 'Show less' })).toBeInTheDocument()
  await expect
    .poll(() => placeOfCharacter(row('m3') ?? document.body, `${long}\n`.length)?.top)
    .toBeLessThan(window.innerHeight)
})

test('the focus on a link in the folded part unfolds the message', async () => {
  await openRoom([aMessage(5, { content: `${long}\nhttps://a.example/` })])
  const message = await shownRow('m5')
  message.querySelector('a')?.focus()
  await expect.element(page.getByRole('button', { name: 'Show less' })).toBeVisible()
})
