/** Takes the pictures of the documentation from the built app: `npm run screenshots`. */
import { join } from 'node:path'
import type { Client } from '@stomp/stompjs'
import type { Bridge } from '../../shared/bridge/bridge.ts'
import type { Settings } from '../../shared/contract/model.ts'
import { createTranslator } from '../../shared/i18n/index.ts'
import { expect, root, test, type Instance } from '../e2e/fixtures.ts'
import {
  addressOf,
  composer,
  expectDelivered,
  field,
  hostChat,
  message,
  openRoom,
  roomItem,
  say,
  t,
  windowOf,
} from '../e2e/steps.ts'
import { connectClient } from '../e2e/stomp.ts'
import {
  answer,
  boxName,
  boxRooms,
  draft,
  guests,
  mainRoom,
  me,
  otherServer,
  passcode,
  workshopRooms,
} from './talk.ts'
import { startOtherHost } from './other-host.ts'
import { startReadings } from './readings.ts'
import { seedHost } from './seed.ts'

/** @returns a time zone in which it is between three and four in the afternoon: a moment after the last line of the talk. */
const afternoon = (): string => {
  const ahead = (15 - new Date().getUTCHours() + 24) % 24
  const hours = ahead > 14 ? ahead - 24 : ahead
  // The sign of these zones is that of POSIX: GMT-9 is nine hours ahead.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

// The times in the pictures are those of the people in them.
process.env.TZ = afternoon()

declare const messenger: Bridge

type Size = readonly [width: number, height: number]
const large: Size = [1280, 800]
const small: Size = [900, 600]
type Look = Partial<Pick<Settings, 'language' | 'theme' | 'density'>>

/** Puts the window into a language, a theme and a size. */
const dress = async ({ app, page }: Instance, size: Size, look: Look): Promise<void> => {
  const whole: Look = { language: 'en', theme: 'light', density: 'cozy', ...look }
  await page.evaluate(look => messenger.command('updateSettings', look), whole)
  const window = await windowOf(app)
  await window.evaluate((w, [width, height]) => w.setSize(width, height), size)
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual(size)
  await expect(page.locator('html')).toHaveAttribute('lang', whole.language ?? 'en')
}

/** The picture of the window as it is; it has no frame but its own. */
const take = async (instance: Instance, name: string, size: Size, look: Look = {}): Promise<void> => {
  await dress(instance, size, look)
  await instance.page.mouse.move(size[0] / 2, size[1] - 4)
  await instance.page.evaluate(() => document.fonts.ready.then(() => undefined))
  await instance.page.screenshot({ path: join(root, 'docs/images', `${name}.png`), animations: 'disabled' })
}

/** Has somebody type in a room, who says so again and again. @returns what ends it. */
const keepTyping = (client: Client | undefined, roomId: string): (() => void) => {
  const say = (): void => client?.publish({ destination: '/app/typing', body: JSON.stringify({ roomId }) })
  say()
  const timer = setInterval(say, 2000)
  return () => clearInterval(timer)
}

const hostFolder = ({ userData }: Instance): string => join(userData, 'host')

test('the first run', async ({ launch }) => {
  const instance = await launch()
  const name = field(instance.page, t('firstRun:name'))
  await name.fill(me)
  await take(instance, 'first-run-light', large)
  const korean = createTranslator('ko')
  await dress(instance, small, { language: 'ko', theme: 'dark' })
  await field(instance.page, korean.t('firstRun:name')).fill(me)
  await take(instance, 'first-run-ko-dark-900', small, { language: 'ko', theme: 'dark' })
})

test('a day in the box', async ({ launch, makeUserData }) => {
  const userData = await makeUserData({ host: { name: boxName, port: 7071, reach: 'lan' } })
  const first = await launch({ userData })
  await hostChat(first, me)
  await first.page.evaluate(name => messenger.command('updateHost', { name }), boxName)
  await first.app.close()

  // What was said before: all of it read.
  await seedHost(hostFolder(first), boxRooms, line => !line.isNew)
  const reader = await launch({ userData })
  for (const { name, lines } of boxRooms.filter(({ kind }) => kind !== 'direct')) {
    await openRoom(reader.page, name)
    const last = lines.filter(line => !line.isNew).at(-1)
    if (last) await expect(message(reader.page, last.text.slice(0, 20))).toBeVisible()
  }
  await reader.app.close()

  // What was said while the person was away.
  await seedHost(hostFolder(first), boxRooms, line => line.isNew === true)
  const workshop = join(userData, 'workshop')
  await seedHost(workshop, workshopRooms, () => true)
  const other = await startOtherHost(workshop, otherServer)

  const instance = await launch({ userData })
  const { page } = instance
  await page.getByRole('button', { name: t('servers:add'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await field(dialog, t('servers:url')).fill(other.ws)
  await field(dialog, t('servers:name')).fill(otherServer)
  await dialog.getByRole('button', { name: t('servers:addSubmit'), exact: true }).click()
  await expect(roomItem(page, 'general')).toBeVisible()

  await page.getByRole('button', { name: t('host:tileOn') }).click()
  await openRoom(page, mainRoom)
  await expect(page.getByText(t('messages:new'), { exact: true })).toBeVisible()
  await say(page, answer, mainRoom)
  await expectDelivered(page, answer)
  await composer(page, mainRoom).fill(draft)
  await take(instance, 'main-light', large)
  await take(instance, 'main-dark', large, { theme: 'dark' })

  const address = await addressOf(instance)
  await page.evaluate(passcode => messenger.command('setHostPasscode', { passcode }), passcode)
  const clients = await Promise.all(guests.map(name => connectClient(address, name, passcode)))
  for (const client of clients) client.subscribe('/topic/room.release-0-9', () => undefined)
  await page.getByRole('button', { name: t('people:title') }).click()
  await expect(
    page.getByRole('region', { name: t('people:here', { count: clients.length + 1 }) }),
  ).toBeVisible()
  await take(instance, 'people-light', large)
  await take(instance, 'people-ko-dark-900', small, { language: 'ko', theme: 'dark' })
  await dress(instance, large, {})
  await page.getByRole('button', { name: t('people:close') }).click()

  const [talker] = guests
  const stopTyping = keepTyping(clients[0], 'release-0-9')
  await expect(page.getByText(t('composer:typingOne', { first: talker }))).toBeVisible()
  await take(instance, 'main-light-900', small)
  const korean: Look = { language: 'ko' }
  await take(instance, 'main-ko-light', large, korean)
  await take(instance, 'main-ko-compact-dark-900', small, { ...korean, theme: 'dark', density: 'compact' })
  stopTyping()

  await dress(instance, large, {})
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: t('search:label') }).fill('하트비트')
  await expect(page.getByRole('option')).toHaveCount(1)
  await take(instance, 'search-dark', large, { theme: 'dark' })
  await page.keyboard.press('Escape')
  await dress(instance, large, {})

  await page.getByRole('button', { name: t('host:tileOn') }).click()
  await expect(
    page.getByText(t('host:peopleCount', { count: guests.length + 1 }), { exact: true }),
  ).toBeVisible()
  await page.getByRole('button', { name: t('host:showPasscode') }).click()
  const stopReadings = startReadings(clients)
  // A whole minute: the line begins at the left edge, and is not the still one.
  const line = page
    .getByRole('region', { name: t('host:traffic') })
    .locator('path')
    .last()
  await expect(line).toHaveAttribute('d', /^M1?\d(\.\d)? (?!92L600)/, { timeout: 90_000 })
  await take(instance, 'host-dark', large, { theme: 'dark' })
  await dress(instance, small, korean)
  const people = page.getByRole('region', { name: createTranslator('ko').t('host:people') })
  await people.evaluate(card => card.scrollIntoView({ block: 'end' }))
  await take(instance, 'host-ko-light-900', small, korean)
  stopReadings()
  await Promise.all(clients.map(client => client.deactivate()))

  await dress(instance, large, {})
  await page.getByRole('button', { name: t('settings:title'), exact: true }).click()
  await take(instance, 'settings-light', large)

  await dress(instance, large, {})
  await page.getByRole('button', { name: new RegExp(`^${otherServer}`) }).click()
  await expect(composer(page)).toBeVisible()
  await other.vanish()
  await expect(page.getByRole('button', { name: t('servers:banner.tryNow') })).toBeVisible()
  await take(instance, 'offline-light', large)
})
