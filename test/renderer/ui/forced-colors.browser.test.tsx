import type {} from '@vitest/browser-playwright'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cdp, page } from 'vitest/browser'
import { aServer } from '../../shared/contract/examples.ts'
import { openWindow } from '../open-window.tsx'

/** Has Chromium show the page as under a contrast theme of Windows. */
const force = (value: 'active' | 'none') =>
  cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] })
beforeEach(() => force('active'))
afterEach(() => force('none'))

const style = (element: Element) => getComputedStyle(element)

/** @returns whether an edge can be seen around the element. */
const hasEdge = (element: Element): boolean => {
  const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = style(element)
  return parseFloat(borderTopWidth) >= 1 && borderTopStyle === 'solid' && borderTopColor !== backgroundColor
}
const background = (element: Element): string => style(element).backgroundColor

test('the edges of buttons, fields and boxes are there', async () => {
  const { store } = await openWindow()
  store.getState().show({ name: 'host' })
  await expect.element(page.getByRole('textbox', { name: 'Port' })).toBeVisible()
  const edged = [
    ...document.querySelectorAll(
      'main input, main [role=switch], main [role=radiogroup], main section button',
    ),
    page.getByRole('region', { name: 'Box settings' }).element(),
  ]
  expect(edged.length).toBeGreaterThan(5)
  await expect.poll(() => edged.filter(element => !hasEdge(element))).toEqual([])
})

test('the edge of the composer is there, and of a dialog', async () => {
  await openWindow()
  const field = page.getByRole('textbox', { name: 'Message to #general' })
  await expect.element(field).toBeVisible()
  await expect.poll(() => field.element().parentElement).toSatisfy(hasEdge)
  await page.getByRole('button', { name: 'New room' }).click()
  await expect.element(page.getByRole('dialog')).toSatisfy(hasEdge)
})

test('the current room, a switch that is on and the chosen segment stand out', async () => {
  const { store } = await openWindow()
  const room = (name: string) => page.getByRole('complementary').getByRole('button', { name })
  const general = room('general')
  await expect.poll(() => background(general.element())).not.toBe(background(room('점심-원정대').element()))
  expect(style(general.element()).color).not.toBe(background(general.element()))

  store.getState().show({ name: 'settings', section: 'notifications' })
  await expect.element(page.getByRole('switch').first()).toBeChecked()
  const on = page.getByRole('switch').first().element()
  const thumb = on.firstElementChild
  if (!thumb) throw new Error('no thumb')
  await expect.poll(() => [background(on), 'rgba(0, 0, 0, 0)']).not.toContain(background(thumb))

  store.getState().show({ name: 'host' })
  const segment = (name: string) => page.getByRole('radio', { name })
  await expect.element(segment('This computer')).toBeChecked()
  await expect
    .poll(() => background(segment('This computer').element()))
    .not.toBe(background(segment('The network').element()))
})

test('a code stays black on white', async () => {
  const { store } = await openWindow({
    desktop: {
      host: {
        phase: 'on',
        serverId: aServer().id,
        since: 0,
        port: 7070,
        reach: 'lan',
        urls: ['wss://192.168.0.14:7070/stomp'],
        fingerprint: '0f'.repeat(32),
        passcode: '7K3M-Q9XT-2BVN-H4DR',
        people: [],
      },
    },
  })
  store.getState().show({ name: 'host' })
  const code = page.getByRole('img', { name: 'QR code of the invitation' })
  await expect.element(code).toBeVisible()
  await expect.poll(() => background(code.element())).toBe('rgb(255, 255, 255)')
})
