import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { focusWithin, openWindow } from '../../open-window.tsx'

const button = (name: string) => page.getByRole('button', { name, exact: true })

test('a dialog that is left gives the focus back to the button that opened it', async () => {
  await openWindow()
  for (const name of ['Browse rooms', 'New room']) {
    await button(name).click()
    await focusWithin('dialog')
    await userEvent.keyboard('{Escape}')
    await expect.element(button(name)).toHaveFocus()
  }
})

test('a dialog that was chosen from a menu gives the focus back to the menu’s button', async () => {
  await openWindow()
  const menu = page.getByRole('complementary').getByRole('button', { name: '한빛 스튜디오' })
  await expect.element(menu).toBeVisible()
  menu.element().focus()
  await userEvent.keyboard('{Enter}')
  await focusWithin('menu')
  await userEvent.keyboard('e')
  await expect.element(page.getByRole('menuitem', { name: 'Edit server' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('textbox', { name: 'Address' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(menu).toHaveFocus()
})

test('of two dialogs, one after the other, the last gives the focus back to where the first had it from', async () => {
  await openWindow()
  await button('Add a server').click()
  await page.getByRole('button', { name: 'Join with a link' }).click()
  await expect.element(page.getByRole('dialog', { name: 'Join with a link' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(button('Add a server')).toHaveFocus()
})
