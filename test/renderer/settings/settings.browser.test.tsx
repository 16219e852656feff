import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { aDesktop } from '../window-bridge.ts'
import { openWindow } from '../open-window.tsx'

const openSettings = async (change: Parameters<typeof openWindow>[0] = {}) => {
  const window = await openWindow(change)
  await page.getByRole('button', { name: 'Settings' }).click()
  return window
}
const section = (name: string) =>
  page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name })

test('theme and density count at once', async () => {
  const { inputsOf } = await openSettings()
  await expect.element(page.getByRole('radio', { name: 'Light' })).toBeChecked()
  await page.getByText('Dark', { exact: true }).click()
  await page.getByRole('radio', { name: 'Compact' }).click()
  await expect.poll(() => inputsOf('updateSettings')).toEqual([{ theme: 'dark' }, { density: 'compact' }])
})

test('notifications and the tray are switches', async () => {
  const { bridge, inputsOf } = await openSettings()
  await section('Notifications').click()
  const notify = page.getByRole('switch', { name: 'System notifications' })
  await notify.click()
  await page.getByRole('switch', { name: /^Keep running/ }).click()
  await expect
    .poll(() => inputsOf('updateSettings'))
    .toEqual([{ notifications: false }, { closeToTray: false }])
  bridge.tell({ name: 'settingsChanged', payload: { ...aDesktop().settings, notifications: false } })
  await expect.element(notify).not.toBeChecked()
})

test('language and the key that sends are chosen by name', async () => {
  const { inputsOf } = await openSettings()
  await section('Language').click()
  await page.getByRole('radio', { name: '한국어' }).click()
  await section('Keyboard').click()
  await page.getByRole('radio', { name: 'Ctrl Enter' }).click()
  await expect.poll(() => inputsOf('updateSettings')).toEqual([{ language: 'ko' }, { sendKey: 'mod-enter' }])
})

test('the name is changed, and never to nothing', async () => {
  const { bridge, inputsOf } = await openSettings()
  await section('Profile').click()
  const name = page.getByRole('textbox', { name: 'Your name' })
  await name.fill('  ')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^Enter your name/)
  await name.fill(' 지우 ')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf('setPerson')).toEqual([{ name: '지우' }])
  bridge.tell({ name: 'personChanged', payload: { name: '지우' } })
  await expect.element(page.getByRole('button', { name: '지우', exact: true })).toBeVisible()
})

test.each([
  [true, /^Encrypted with your system/],
  [false, /only obscured on disk/],
])('it is plain about passcodes (encrypted: %s)', async (secretsEncrypted, words) => {
  await openSettings({ desktop: { secretsEncrypted } })
  await section('Privacy and storage').click()
  await expect.element(page.getByText(words)).toBeVisible()
})

test('back leads to the room that was open', async () => {
  await openWindow()
  await page.getByRole('button', { name: '점심-원정대' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await section('Keyboard').click()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: '점심-원정대' })).toBeVisible()
})

test('the pages are one tab stop, and the arrow keys go through them', async () => {
  await openSettings()
  await expect.element(section('Appearance')).toBeVisible()
  section('Appearance').element().focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(section('Language')).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { level: 1, name: 'Language' })).toBeVisible()
})

test('a search over the settings shows the rooms beside it', async () => {
  await openSettings()
  await expect.element(page.getByRole('navigation', { name: 'Settings' })).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('button', { name: 'general' })).toBeVisible()
  await expect.element(page.getByRole('navigation', { name: 'Settings' })).not.toBeInTheDocument()
})
