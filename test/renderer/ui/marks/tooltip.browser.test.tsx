import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { openWindow } from '../../open-window.tsx'

const create = () => page.getByRole('button', { name: 'New room' })
/** What a tooltip says, for screen readers as well. */
const tooltips = () => page.getByRole('tooltip', { includeHidden: true })

test('a tooltip comes with the keyboard, and not with a focus that a dialog gives back', async () => {
  await openWindow()
  await create().click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.element(create()).toHaveFocus()
  await expect.element(tooltips()).not.toBeInTheDocument()

  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Tab}')
  await expect.element(create()).toHaveFocus()
  await expect.element(tooltips()).toMatchTextContent(/^New room/u)
})
