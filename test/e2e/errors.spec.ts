import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, freePort, test } from './fixtures.ts'
import {
  addressOf,
  boxPasscode,
  composer,
  connectTo,
  expectDelivered,
  field,
  hostChat,
  message,
  openRoom,
  roomItem,
  say,
  t,
} from './steps.ts'

test('a box whose port is taken uses a free one from then on, and says which', async ({ launch }) => {
  const port = await freePort()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const { page } = await launch({ settings: { host: { port } } })
  await field(page, t('firstRun:name')).fill('Ada')
  await page.getByRole('button', { name: t('firstRun:host') }).click()
  await expect(page.getByRole('heading', { name: t('host:title') })).toBeVisible()
  await expect(field(page, t('host:port'))).toHaveValue(new RegExp(`^(?!${port}$)[1-9]`))
  const used = await field(page, t('host:port')).inputValue()
  await expect(page.getByText(t('firstRun:portTaken', { port, used }))).toBeVisible()
  await expect(page.getByText(`:${used}/stomp`).first()).toBeVisible()
  other.close()
})

test('a number that is no port is told at the field', async ({ launch }) => {
  const instance = await launch()
  await hostChat(instance, 'Ada')
  const { page } = instance
  await page.getByRole('button', { name: t('host:tileOn') }).click()
  await field(page, t('host:port')).fill('99999')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText(t('host:portInvalid'))
})

test('a wrong passcode says so, and the right one lets in', async ({ launch }) => {
  const host = await launch()
  await hostChat(host, 'Ada')
  const guest = await launch()
  await connectTo(guest, '지우', await addressOf(host), 'not the passcode')
  const { page } = guest
  const banner = page.getByRole('status').filter({ hasText: t('errors:passcode-wrong') })
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: t('servers:banner.changePasscode') }).click()
  await field(page.getByRole('dialog'), t('servers:passcode')).fill(boxPasscode)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common:save') })
    .click()
  await openRoom(page)
  await say(page, 'Now I am in.')
  await expectDelivered(page, 'Now I am in.')
})

test('a server that does not answer is told in the form; kept all the same, it is tried again', async ({
  launch,
}) => {
  const port = String(await freePort())
  const instance = await launch()
  await connectTo(instance, 'Ada', `ws://127.0.0.1:${port}/stomp`)
  const sentence = t('errors:port-closed', { name: '127.0.0.1', port })
  await expect(instance.page.getByRole('alert')).toContainText(sentence)
  await instance.page.getByRole('button', { name: t('servers:saveAnyway') }).click()
  const banner = instance.page.getByRole('status').filter({ hasText: sentence })
  await expect(banner).toBeVisible()
  await expect(banner.getByRole('button', { name: t('servers:banner.tryNow') })).toBeVisible()
})

test('an address that is none is told at the field', async ({ launch }) => {
  const instance = await launch()
  await connectTo(instance, 'Ada', 'not an address')
  await expect(instance.page.getByRole('alert')).toContainText(
    t('errors:url-invalid', { url: 'not an address' }),
  )
})

/** From now on SQLite answers every new message with SQLITE_FULL, as on a full disk: the largest row number is taken. */
const fill = `
  CREATE TABLE disk (page INTEGER PRIMARY KEY AUTOINCREMENT);
  INSERT INTO disk VALUES (9223372036854775807);
  CREATE TRIGGER full BEFORE INSERT ON messages BEGIN INSERT INTO disk VALUES (NULL); END`
const free = 'DROP TRIGGER full; DROP TABLE disk'

const changeCache = (userData: string, change: string): void => {
  const cache = new Database(join(userData, 'cache.db'))
  cache.exec(change)
  cache.close()
}

test('a full disk takes nothing: what was typed stays, what was kept is there', async ({ launch }) => {
  const host = await launch()
  await hostChat(host, 'Ada')
  await say(host.page, 'kept before')
  await expectDelivered(host.page, 'kept before')
  await host.app.close()

  changeCache(host.userData, fill)
  const full = await launch({ userData: host.userData })
  await openRoom(full.page)
  await expect(message(full.page, 'kept before')).toBeVisible()
  await say(full.page, 'no room for this')
  await expect(full.page.getByRole('alert').filter({ hasText: t('errors:disk-full') })).toBeVisible()
  await expect(composer(full.page)).toHaveValue('no room for this')
  await full.app.close()

  changeCache(host.userData, free)
  const again = await launch({ userData: host.userData })
  await openRoom(again.page)
  await expect(message(again.page, 'kept before')).toBeVisible()
  await say(again.page, 'room again')
  await expectDelivered(again.page, 'room again')
  await expect(roomItem(again.page)).toBeVisible()
})
