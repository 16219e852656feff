/** A window works with the messenger's half of the contract alone; what belongs to the desktop is not offered. */
import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { MessageCache } from '../../shared/core/ports.ts'
import { aRoom, aServer } from '../shared/contract/examples.ts'
import { kept } from '../shared/core/message-cache/fixtures.ts'
import { openPageAlone } from './page-alone.tsx'

const { hasPasscode: _hasPasscode, ...server } = aServer({ enabled: false })
const general = aRoom('general')

const talk = async (cache: MessageCache): Promise<void> => {
  await cache.savePerson({ name: '지우' })
  await cache.saveServer(server)
  await cache.saveRoom(general)
  const content = 'see https://example.com/plan'
  await cache.storeMessages([kept('a', 0, Date.now(), { room: general.key, content })])
}

const names = (role: 'button' | 'menuitem') =>
  page
    .getByRole(role)
    .elements()
    .map(element => element.ariaLabel ?? element.textContent)

afterEach(() => void vi.restoreAllMocks())

test('a room is read and written in, and marked as read', async () => {
  const { cache, unknown } = await openPageAlone(talk)
  await expect.element(page.getByText('see https://example.com/plan')).toBeVisible()
  await page.getByRole('textbox').fill('hello')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('log').getByText('hello')).toBeVisible()
  await expect
    .poll(async () => (await cache.listOutbox(server.id)).map(({ message }) => message.content))
    .toEqual(['hello'])
  window.dispatchEvent(new Event('focus'))
  await expect.poll(async () => (await cache.load()).rooms[0]?.unread).toBe(0)
  expect(unknown).toEqual([])
})

test('neither the box, nor the window’s own buttons, nor settings that nothing keeps are offered', async () => {
  const { unknown } = await openPageAlone(talk)
  await expect.element(page.getByRole('log')).toBeVisible()
  expect(names('button')).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/box|Minimize|Maximize|Close/)]),
  )
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await expect.element(page.getByRole('menuitem', { name: /^Settings/ })).toBeVisible()
  expect(names('menuitem').join()).not.toMatch(/box|Quit/)
  await page.getByRole('menuitem', { name: /^Settings/ }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: 'Profile' })).toBeVisible()
  await page.getByRole('button', { name: 'Keyboard' }).click()
  await expect.element(page.getByText('Find a room or message').last()).toBeVisible()
  await expect.element(page.getByRole('radio')).not.toBeInTheDocument()
  await expect
    .element(page.getByRole('button', { name: /^(Appearance|Language|Notifications|Storage)/ }))
    .not.toBeInTheDocument()
  expect(unknown).toEqual([])
})

test('a link opens beside the page, and a deceiving one asks first', async () => {
  const opened = vi.spyOn(window, 'open').mockReturnValue(null)
  const { unknown } = await openPageAlone(async cache => {
    await talk(cache)
    const content = 'https://good.com@evil.example/'
    await cache.storeMessages([kept('b', 1, Date.now(), { room: general.key, content })])
  })
  await page.getByRole('link', { name: 'https://example.com/plan' }).click()
  await expect
    .poll(() => opened)
    .toHaveBeenCalledExactlyOnceWith('https://example.com/plan', '_blank', 'noopener,noreferrer')
  await page.getByRole('link', { name: /evil/ }).click()
  await page.getByRole('dialog').getByRole('button').last().click()
  await expect.poll(() => opened).toHaveBeenCalledTimes(2)
  expect(unknown).toEqual([])
})

test('the first run offers to join and to connect, and looks for nothing in the network', async () => {
  const { unknown } = await openPageAlone(() => Promise.resolve())
  await page.getByRole('textbox', { name: 'Your name' }).fill('지우')
  await expect
    .poll(() => names('button'))
    .toEqual([expect.stringMatching(/^Join with a link/), expect.stringMatching(/^Connect to a server/)])
  await userEvent.click(page.getByRole('button', { name: /^Connect to a server/ }))
  await page.getByRole('textbox', { name: /address/i }).fill('ws://127.0.0.1:1/stomp')
  await expect.element(page.getByRole('heading', { level: 3 })).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect.element(page.getByRole('alert')).toBeVisible()
  expect(unknown).toEqual([])
})
