import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { openWindow } from '../../open-window.tsx'
import { aDesktop } from '../../window-bridge.ts'

test('what is typed while the saved value is on its way stays, and is saved', async () => {
  const { bridge, store, inputsOf } = await openWindow()
  store.getState().show({ name: 'host' })
  const field = page.getByRole('textbox', { name: 'Box name' })
  await field.fill('공방')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf('updateHost')).toEqual([{ name: '공방' }])
  await field.fill('공방 2')
  const { settings } = aDesktop()
  bridge.tell({
    name: 'settingsChanged',
    payload: { ...settings, host: { ...settings.host, name: '공방', advertise: true } },
  })
  await expect.element(page.getByRole('switch', { name: 'Show it on this network' })).toBeChecked()
  await expect.element(field).toHaveValue('공방 2')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf('updateHost').at(-1)).toEqual({ name: '공방 2' })
})

test('a value that comes from elsewhere shows where nothing is typed', async () => {
  const { bridge, store } = await openWindow()
  store.getState().show({ name: 'host' })
  const field = page.getByRole('textbox', { name: 'Box name' })
  await expect.element(field).toHaveValue('지우의 상자')
  const { settings } = aDesktop()
  bridge.tell({
    name: 'settingsChanged',
    payload: { ...settings, host: { ...settings.host, name: '공방' } },
  })
  await expect.element(field).toHaveValue('공방')
})
