import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { openWindow, overflow } from '../open-window.tsx'

const openStorage = async (...given: Parameters<typeof openWindow>) => {
  const window = await openWindow(...given)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('button', { name: 'Privacy and storage' })
    .click()
  return window
}

test('how long messages are kept is chosen', async () => {
  const { inputsOf } = await openStorage({}, {}, [900, 600])
  await expect.element(page.getByRole('radio', { name: 'All' })).toBeChecked()
  await page.getByRole('radio', { name: '90 days' }).click()
  await expect.poll(() => inputsOf('updateSettings')).toEqual([{ keep: '90-days' }])
  expect(overflow()).toEqual({ x: 0, y: 0 })
})

test('it says how much space messages take, and frees what is not used', async () => {
  await openStorage(
    {},
    {
      getStorage: () => ({ bytes: 12_300_000, unused: 4_000_000, messages: 2 }),
      freeSpace: () => ({ bytes: 8_300_000, unused: 0, messages: 2 }),
    },
  )
  await expect.element(page.getByText('12.3 MB for 2 messages. 4 MB of it is not used.')).toBeVisible()
  await page.getByRole('button', { name: 'Free space' }).click()
  await expect.element(page.getByText('4 MB freed.')).toBeVisible()
  await expect.element(page.getByText('8.3 MB for 2 messages.')).toBeVisible()
})
