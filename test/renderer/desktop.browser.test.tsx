import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { aServer } from '../shared/contract/examples.ts'
import { bridge } from './desktop-window.ts'
import '../../renderer/desktop.tsx'

test('a window that can’t be shown any more says so, and offers to begin anew', async () => {
  await expect.element(page.getByRole('heading', { level: 1, name: 'general' })).toBeVisible()
  bridge.tell({ name: 'serverChanged', payload: { ...aServer(), name: null as never } })
  await expect
    .element(page.getByRole('heading', { name: 'Something went wrong in this window' }))
    .toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible()
})
