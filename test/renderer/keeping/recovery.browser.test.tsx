import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { openWindow, overflow } from '../open-window.tsx'

const recovery = {
  aside: '/home/me/cache.db.corrupt-20261130-201500',
  at: 0,
  messages: 1234,
  unsent: 2,
  drafts: 1,
}

test('a recovery is told until the person has read about it', async () => {
  const { bridge, inputsOf } = await openWindow({ desktop: { recovery } })
  await expect.element(page.getByText(/Saved messages: 1,?234/)).toBeVisible()
  await page.getByRole('button', { name: 'Show damaged file' }).click()
  await expect.poll(() => inputsOf('showRecovered')).toEqual([{}])
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => inputsOf('dismissRecovery')).toEqual([{}])
  bridge.tell({ name: 'recoveryChanged', payload: null })
  await expect.element(page.getByText('Some of your stored messages')).not.toBeInTheDocument()
})

test('a recovery in the running app appears in the window, also in a small one', async () => {
  const { bridge } = await openWindow({}, {}, [900, 600])
  await expect.element(page.getByRole('main')).toBeVisible()
  bridge.tell({ name: 'recoveryChanged', payload: recovery })
  await expect.element(page.getByRole('button', { name: 'Show damaged file' })).toBeVisible()
  expect(overflow()).toEqual({ x: 0, y: 0 })
})
