import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { openWindow, overflow } from '../open-window.tsx'

const openDialog = async () => {
  await page.getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Export…' }).click()
}

test('a room is exported from its menu in the format that was chosen', async () => {
  const { inputsOf } = await openWindow({}, { exportRoom: () => '/home/me/general.csv' }, [900, 600])
  await openDialog()
  await page.getByRole('radio', { name: 'CSV' }).click()
  await expect.element(page.getByRole('radio', { name: 'CSV' })).toBeChecked()
  expect(overflow()).toEqual({ x: 0, y: 0 })
  await page.getByRole('button', { name: 'Choose file…' }).click()
  await expect.element(page.getByText('Exported to /home/me/general.csv')).toBeVisible()
  expect(inputsOf('exportRoom')).toMatchObject([{ format: 'csv' }])
})

test('an export shows how far it is, and can be cancelled', async () => {
  const { bridge, inputsOf } = await openWindow()
  bridge.tell({ name: 'taskChanged', payload: { kind: 'export', name: 'general', done: 500, total: 2000 } })
  await expect.element(page.getByRole('progressbar', { name: 'Exporting general' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => inputsOf('cancelTask')).toEqual([{}])
  bridge.tell({ name: 'taskChanged', payload: null })
  await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument()
})

test('a page without a desktop offers no export', async () => {
  await openWindow({ desktop: null })
  await page.getByRole('button', { name: 'Room menu' }).click()
  await expect.element(page.getByRole('menuitem', { name: 'Leave room' })).toBeVisible()
  await expect.element(page.getByRole('menuitem', { name: 'Export…' })).not.toBeInTheDocument()
})
