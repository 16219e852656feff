import type { CDPSession } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { composer, expectDelivered, hostChat, messages, say, t, textsOf } from './steps.ts'

/** What the field shows while the input method is still at it. */
const compose = (keyboard: CDPSession, text: string): Promise<unknown> =>
  keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })

/** A key that the input method takes has key code 229 (UI Events, appendix A.1); on macOS it still says which key it is. */
const pressInComposition = async (keyboard: CDPSession, code: string): Promise<void> => {
  const key = { key: code, code, windowsVirtualKeyCode: 229 }
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}
const commit = (keyboard: CDPSession, text: string): Promise<unknown> =>
  keyboard.send('Input.insertText', { text })

test('Enter never sends while Hangul is being composed, and then sends once', async ({ launch }) => {
  const instance = await launch()
  await hostChat(instance, '지우')
  const { page } = instance
  const keyboard = await page.context().newCDPSession(page)
  const field = composer(page)
  await field.focus()

  await commit(keyboard, '안')
  for (const step of ['ㄴ', '녀', '녕']) await compose(keyboard, step)
  await expect(field).toHaveValue('안녕')
  await pressInComposition(keyboard, 'Enter')
  await expect(field).toHaveValue('안녕')
  await expect(messages(page)).toHaveCount(0)

  await commit(keyboard, '녕')
  await expect(field).toHaveValue('안녕')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('')
  await expect.poll(() => textsOf(page)).toEqual(['안녕'])
})

test('Shift+Enter breaks the line, and Enter sends it all', async ({ launch }) => {
  const instance = await launch()
  await hostChat(instance, '지우')
  const { page } = instance
  await composer(page).focus()
  await page.keyboard.insertText('첫째 줄')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.insertText('둘째 줄')
  await page.keyboard.press('Enter')
  await expect.poll(() => textsOf(page)).toEqual(['첫째 줄\n둘째 줄'])
})

test('with the other send key Enter breaks the line', async ({ launch }) => {
  const instance = await launch({ settings: { sendKey: 'mod-enter' } })
  await hostChat(instance, '지우')
  const { page } = instance
  await composer(page).focus()
  await page.keyboard.insertText('one')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('two')
  await expect(composer(page)).toHaveValue('one\ntwo')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => textsOf(page)).toEqual(['one\ntwo'])
})

test('what is looked for is found at every key of a syllable, and the syllable it may become is marked', async ({
  launch,
}) => {
  const instance = await launch()
  await hostChat(instance, '지우')
  const { page } = instance
  await say(page, '하나둘셋')
  await expectDelivered(page, '하나둘셋')
  const keyboard = await page.context().newCDPSession(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox', { name: t('search:label') })).toBeFocused()
  const mark = page.getByRole('option').locator('mark')

  for (const [step, marked] of [
    ['ㅎ', '하'],
    ['하', '하'],
    ['한', '하나'],
  ] as const) {
    await compose(keyboard, step)
    await expect(mark).toHaveText(marked)
  }
  await commit(keyboard, '하')
  await compose(keyboard, '나')
  await expect(mark).toHaveText('하나')
  await compose(keyboard, '날')
  await expect(page.getByText(t('search:noneTitle', { query: '하날' }))).toBeVisible()
  await commit(keyboard, '나')
  await expect(mark).toHaveText('하나')
})
