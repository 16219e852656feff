import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { aRoom } from '../../shared/contract/examples.ts'
import { field, openRoom } from '../messages/open-room.tsx'
import { composeAll } from './input-method.ts'

const general = aRoom('general').key
const input = (): HTMLTextAreaElement => field().element() as HTMLTextAreaElement

test('Ctrl+B makes the selection bold, and Undo takes it back', async () => {
  const { bridge } = await openRoom([])
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('plain')
  input().select()
  await userEvent.keyboard('{Control>}b{/Control}')
  await expect.element(field()).toHaveValue('**plain**')
  await userEvent.keyboard('{Control>}z{/Control}')
  await expect.element(field()).toHaveValue('plain')
  await userEvent.keyboard('{Control>}{Shift>}x{/Shift}{/Control}')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => bridge.inputsOf('sendMessage')).toEqual([{ room: general, content: '~~plain~~' }])
})

test('an open syllable is kept when a format is chosen', async () => {
  await openRoom([])
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('{Control>}b{/Control}')
  await composeAll('ㅎ', '하', '한')
  await userEvent.keyboard('{Control>}i{/Control}')
  await expect.element(field()).toHaveValue('**한__**')
})

test('the bar formats what is selected, by mouse and by keyboard, and the field keeps the focus', async () => {
  await openRoom([])
  await userEvent.keyboard('word')
  input().select()
  await userEvent.click(page.getByRole('button', { name: 'Quote' }))
  await expect.element(field()).toHaveValue('> word')
  await expect.element(field()).toHaveFocus()
  await userEvent.click(page.getByRole('button', { name: 'Quote' }))
  await expect.element(field()).toHaveValue('word')
  input().select()
  const bar = page.getByRole('toolbar', { name: 'Formatting' })
  bar.getByRole('button', { name: 'Bold' }).element().focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.element(bar.getByRole('button', { name: 'Italic' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(field()).toHaveValue('_word_')
  await expect.element(field()).toHaveFocus()
})

test('in an open fence Enter makes a new line; after it is closed, or with Ctrl, it sends', async () => {
  const { bridge } = await openRoom([])
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('```{Enter}let a{Enter}```{Enter}')
  await userEvent.keyboard('```{Enter}b{Control>}{Enter}{/Control}')
  await expect
    .poll(() => bridge.inputsOf('sendMessage'))
    .toEqual(['```\nlet a\n```', '```\nb'].map(content => ({ room: general, content })))
})
