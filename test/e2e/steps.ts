/** What a person does in the window, and what they see there; found by role and name as a person would. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Bridge } from '../../shared/bridge/bridge.ts'
import { createTranslator } from '../../shared/i18n/index.ts'
import { expect, type Instance } from './fixtures.ts'
import type { ElectronApplication, JSHandle, Locator, Page } from '@playwright/test'

/** Every sentence in English, which instances speak unless a spec says otherwise. */
export const { t } = createTranslator('en')

/** Every Stompbox host has it from the start. */
export const firstRoom = t('desktop:firstRoom')

declare const messenger: Bridge

const keptSettings = z.object({ host: z.object({ port: z.number() }) })

/** @returns the address at which the box of an instance is reached from this computer. */
export const addressOf = async ({ userData }: Instance): Promise<string> => {
  const { host } = keptSettings.parse(JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8')))
  return `ws://127.0.0.1:${String(host.port)}/stomp`
}

/** The input under the words `label`; its hint stands in the label too. */
export const field = (within: Page | Locator, label: string): Locator =>
  within.locator('label', { hasText: new RegExp(`^${label}`) }).locator('input')

/** What others need to get into the box of an instance. */
export const boxPasscode = 'open sesame, please'

/** First run: gives a name, hosts a chat for the network, and opens its first room. */
export const hostChat = async ({ page }: Instance, name: string): Promise<void> => {
  await field(page, t('firstRun:name')).fill(name)
  await page.getByRole('button', { name: t('firstRun:host') }).click()
  await expect(page.getByRole('heading', { name: t('host:title') })).toBeVisible()
  await page.evaluate(passcode => messenger.command('setHostPasscode', { passcode }), boxPasscode)
  await openRoom(page)
}

/** First run: gives a name and connects to a server. */
export const connectTo = async (
  { page }: Instance,
  name: string,
  url: string,
  passcode = '',
): Promise<void> => {
  await field(page, t('firstRun:name')).fill(name)
  await page.getByRole('button', { name: t('firstRun:connect') }).click()
  await field(page, t('servers:url')).fill(url)
  await field(page, t('servers:passcode')).fill(passcode)
  await page.getByRole('button', { name: t('servers:addSubmit'), exact: true }).click()
}

/** The row of a room in the list of rooms. */
export const roomItem = (page: Page, room = firstRoom): Locator =>
  page.getByRole('complementary').locator(`button[title="${room}"]`)

export const openRoom = async (page: Page, room = firstRoom): Promise<void> => {
  await roomItem(page, room).click()
  await expect(composer(page, room)).toBeVisible()
}

export const createRoom = async (page: Page, room: string): Promise<void> => {
  await page.getByRole('button', { name: t('rooms:create') }).click()
  await field(page.getByRole('dialog'), t('rooms:name')).fill(room)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('rooms:createSubmit') })
    .click()
  await expect(composer(page, room)).toBeVisible()
}

export const composer = (page: Page, room = firstRoom): Locator =>
  page.getByRole('textbox', { name: t('composer:label', { room }) })

/** Writes a message into the room that is open, and sends it with Enter. */
export const say = async (page: Page, text: string, room = firstRoom): Promise<void> => {
  await composer(page, room).fill(text)
  await composer(page, room).press('Enter')
}

/** The messages of the room that is open. */
export const messages = (page: Page): Locator => page.getByRole('log').getByRole('article')

/** The message that says `text`. */
export const message = (page: Page, text: string): Locator => messages(page).filter({ hasText: text })

/** The message's text as it stands there, its sender, time and delivery left out. */
export const textsOf = async (page: Page): Promise<string[]> =>
  (await messages(page).locator('p').allInnerTexts()).map(text => text.trim())

export const expectDelivered = (page: Page, text: string): Promise<void> =>
  expect(message(page, text).getByRole('img', { name: t('messages:confirmed') })).toBeVisible()

/** The app's window, in its main process. */
export const windowOf = (app: ElectronApplication): Promise<JSHandle<Electron.BrowserWindow>> =>
  app.evaluateHandle(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window.')
    return window
  })

/** Takes the focus from the window, as another program does that comes to the front. */
export const putInBackground = async ({ app }: Instance): Promise<void> => {
  const window = await windowOf(app)
  await window.evaluate(w => w.blur())
  await expect.poll(() => window.evaluate(w => w.isFocused())).toBe(false)
}

/** Two people in one room: the first hosts, the second has connected to it. */
export const meet = async (host: Instance, guest: Instance): Promise<void> => {
  await hostChat(host, 'Ada')
  await connectTo(guest, '지우', await addressOf(host), boxPasscode)
  await openRoom(guest.page)
}
