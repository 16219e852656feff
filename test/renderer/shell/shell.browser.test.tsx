import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { aRoom, aServer } from '../../shared/contract/examples.ts'
import { aDesktop } from '../window-bridge.ts'
import { openWindow, overflow } from '../open-window.tsx'

const rooms = [
  aRoom('general', { unread: 3 }),
  aRoom('design-review', { unread: 2, mentions: 2 }),
  aRoom('회의록', { draft: '쓰다 만 글' }),
  aRoom('customer-support-escalations-and-handover-of-the-night-shift'),
  aRoom('left', { joined: false }),
]
const other = aServer({ id: 's2', name: '동네 공방' })
const many = {
  messenger: {
    servers: [aServer(), other],
    rooms: [...rooms, aRoom('공지', { server: 's2', unread: 1 })],
  },
}

test('the rail has a tile for each server, and says which has something new', async () => {
  await openWindow(many)
  const rail = page.getByRole('navigation', { name: 'Servers' })
  await expect.element(rail.getByRole('button', { name: '한빛 스튜디오, 2 messages for you' })).toBeVisible()
  await rail.getByRole('button', { name: '동네 공방, unread messages' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: '공지' })).toBeVisible()
})

test('the list shows what is unread, what names the person, and what is half written; not what was left', async () => {
  await openWindow(many)
  const list = page.getByRole('complementary')
  await expect.element(list.getByRole('button', { name: 'general 3 unread messages' })).toBeVisible()
  await expect
    .element(list.getByRole('button', { name: 'design-review 2 messages mention you' }))
    .toBeVisible()
  await expect.element(list.getByRole('button', { name: '회의록 Draft' })).toBeVisible()
  await expect.element(list.getByRole('button', { name: 'left' })).not.toBeInTheDocument()
})

const tabStops = () => [...document.querySelectorAll<HTMLElement>('aside [data-arrow-stop][tabindex="0"]')]

test('the list is one tab stop, and the arrow keys go through it', async () => {
  const { store } = await openWindow(many)
  const list = page.getByRole('complementary')
  await expect
    .poll(() => tabStops().map(stop => stop.title))
    .toEqual(['customer-support-escalations-and-handover-of-the-night-shift'])
  tabStops()[0]?.focus()
  await userEvent.keyboard('{End}{ArrowDown}')
  await expect.element(list.getByRole('button', { name: /^회의록/ })).toHaveFocus()
  await userEvent.keyboard('{Home}{ArrowUp}{ArrowDown}{ArrowDown}{Enter}')
  await expect.poll(() => store.getState().view).toMatchObject({ room: 's1/general' })
})

test('a list without a current room has a tab stop as well', async () => {
  const { store } = await openWindow(many)
  store.getState().show({ name: 'settings', section: 'profile' })
  store.getState().openSearch()
  const list = page.getByRole('complementary')
  await expect.element(list.getByRole('button', { name: /^general/ })).toBeVisible()
  await expect.poll(tabStops).toHaveLength(1)
})

test('shortcuts go to the next room, the search, the settings and a new room', async () => {
  const { store } = await openWindow(many)
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
  await expect.poll(() => store.getState().view).toMatchObject({ room: 's1/design-review' })
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.poll(() => store.getState().search).toEqual({ room: null })
  await userEvent.keyboard('{Control>},{/Control}')
  await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await userEvent.keyboard('{Control>}n{/Control}')
  const dialog = page.getByRole('dialog', { name: 'New room' })
  await expect.element(dialog).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(dialog).toBeVisible()
  expect(store.getState().search).toBeNull()
})

test('a room is left from its menu, and that is said', async () => {
  const { inputsOf } = await openWindow(many)
  await page.getByRole('button', { name: /^general/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Leave room' }).click()
  await expect.element(page.getByRole('status').getByText('You left #general.')).toBeVisible()
  await expect.poll(() => inputsOf('leaveRoom')).toEqual([{ room: 's1/general' }])
})

test('a failed command says why in a toast, which can be dismissed', async () => {
  const { store } = await openWindow()
  store.getState().report(new Error('boom'))
  const toast = page.getByRole('alert')
  await expect.element(toast).toMatchTextContent(/Something went wrong inside Stompbox\./)
  await toast.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(page.getByText(/^Something went wrong/)).not.toBeInTheDocument()
})

test('the window’s own buttons steer it', async () => {
  const { bridge, inputsOf } = await openWindow()
  await page.getByRole('button', { name: 'Minimize' }).click()
  await page.getByRole('button', { name: 'Maximize' }).click()
  bridge.tell({ name: 'windowChanged', payload: { focused: true, maximized: true } })
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('menuitem', { name: 'Quit Stompbox' }).click()
  await expect
    .poll(() => inputsOf('controlWindow'))
    .toEqual(['minimize', 'toggleMaximize', 'toggleMaximize', 'quit'].map(action => ({ action })))
})

test.each(['en', 'ko'] as const)('nothing in the app’s menu is cut short: %s', async language => {
  await openWindow({ desktop: { settings: { ...aDesktop().settings, language } } })
  await page
    .getByRole('banner')
    .getByRole('button', { name: language === 'ko' ? '메뉴' : 'Menu' })
    .click()
  await expect.element(page.getByRole('menu')).toBeVisible()
  const labels = () =>
    page
      .getByRole('menuitem')
      .elements()
      .map(item => item.querySelector('span'))
  await expect.poll(labels).toHaveLength(6)
  expect(labels().filter(label => label && label.scrollWidth > label.clientWidth)).toEqual([])
})

test('macOS draws its own buttons and menu', async () => {
  await openWindow({ desktop: { platform: 'darwin' } })
  await expect.element(page.getByText('⌘')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Minimize' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Menu' })).not.toBeInTheDocument()
})

test('the page follows theme, density and language as they change', async () => {
  const { bridge } = await openWindow()
  const { settings } = aDesktop()
  bridge.tell({
    name: 'settingsChanged',
    payload: { ...settings, theme: 'dark', density: 'compact', language: 'ko' },
  })
  await expect.element(page.getByRole('heading', { name: '방', exact: true })).toBeVisible()
  const html = document.documentElement
  await expect
    .poll(() => [html.dataset.theme, html.dataset.density, html.lang])
    .toEqual(['dark', 'compact', 'ko'])
  await expect.poll(() => getComputedStyle(document.body).backgroundColor).toBe('rgb(17, 17, 16)')
})

test.each(['en', 'ko'] as const)('nothing sticks out of the smallest window (%s)', async language => {
  await openWindow({ ...many, desktop: { settings: { ...aDesktop().settings, language } } }, {}, [900, 600])
  await expect.element(page.getByRole('complementary')).toBeVisible()
  expect(overflow()).toEqual({ x: 0, y: 0 })
  const item = page.getByRole('button', { name: /^customer-support/ })
  await expect.element(item).toBeVisible()
  expect(item.element().getBoundingClientRect().right).toBeLessThanOrEqual(56 + 216)
})

test('menus, tooltips and dialogs add no style elements, which the content security policy would refuse', async () => {
  const { store } = await openWindow(many)
  await expect.element(page.getByRole('complementary')).toBeVisible()
  const styles = () => document.querySelectorAll('style').length
  const before = styles()
  await page.getByRole('button', { name: '한빛 스튜디오', exact: true }).click()
  await expect.element(page.getByRole('menu')).toBeVisible()
  expect(styles()).toBe(before)
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Browse rooms' }).hover()
  await expect.element(page.getByRole('tooltip', { includeHidden: true })).toBeInTheDocument()
  store.getState().openDialog({ name: 'add-server' })
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(styles()).toBe(before)
})

test('the heads of the list, the sheet, the people and the search are one line', async () => {
  const { store } = await openWindow(many)
  const edges = () =>
    [...document.querySelectorAll('aside > header, main > header')].map(
      head => head.getBoundingClientRect().bottom,
    )
  store.getState().showMembers()
  await expect.poll(edges).toHaveLength(3)
  // The people rise to their place.
  await expect.poll(() => new Set(edges()).size).toBe(1)
  store.getState().openSearch()
  await expect.element(page.getByRole('combobox')).toBeVisible()
  await expect.poll(() => new Set(edges()).size).toBe(1)
})
