import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, root, test } from './fixtures.ts'
import { composer, createRoom, firstRoom, hostChat, t, windowOf } from './steps.ts'

test('closing the window keeps the app in the tray, which brings it back and ends it', async ({ launch }) => {
  const { app, page } = await launch()
  const window = await windowOf(app)
  await page.getByRole('button', { name: t('common:close'), exact: true }).click()
  await expect.poll(() => window.evaluate(w => w.isVisible())).toBe(false)

  await app.evaluate(() => {
    record.trays[0]?.menu.getMenuItemById('open')?.click()
  })
  await expect.poll(() => window.evaluate(w => w.isVisible() && w.isFocused())).toBe(true)

  const ended = once(app.process(), 'exit')
  const closed = app.waitForEvent('close')
  await app.evaluate(() => {
    setTimeout(() => {
      record.trays[0]?.menu.getMenuItemById('quit')?.click()
    })
  })
  expect(await ended).toEqual([0, null])
  await closed
})

test('without the tray closing the window ends the app', async ({ launch }) => {
  const { app, page } = await launch({ settings: { closeToTray: false } })
  const ended = once(app.process(), 'exit')
  await page.getByRole('button', { name: t('common:close'), exact: true }).click()
  expect(await ended).toEqual([0, null])
})

test('a second start brings the first window up and ends', async ({ launch }) => {
  const { app, userData } = await launch()
  const window = await windowOf(app)
  await window.evaluate(w => w.hide())
  const executable = await app.evaluate(() => process.execPath)
  const second = spawn(executable, ['.', `--user-data-dir=${userData}`], { cwd: root, stdio: 'ignore' })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect.poll(() => window.evaluate(w => w.isVisible() && w.isFocused())).toBe(true)
})

test('the window comes back where it was', async ({ launch }) => {
  const { app, userData } = await launch()
  const bounds = { x: 120, y: 90, width: 1010, height: 707 }
  const window = await windowOf(app)
  await window.evaluate((w, bounds) => w.setBounds(bounds), bounds)
  await app.close()

  const again = await launch({ userData })
  const windowAgain = await windowOf(again.app)
  await expect.poll(() => windowAgain.evaluate(w => w.getNormalBounds())).toEqual(bounds)
  await windowAgain.evaluate(w => w.maximize())
  await again.app.close()

  const third = await launch({ userData })
  const windowThird = await windowOf(third.app)
  await expect.poll(() => windowThird.evaluate(w => w.isMaximized())).toBe(true)
  await expect.poll(() => windowThird.evaluate(w => w.getNormalBounds())).toEqual(bounds)
})

test('the window’s own buttons minimize and maximize it', async ({ launch }) => {
  const { app, page } = await launch()
  const window = await windowOf(app)
  await page.getByRole('button', { name: t('common:maximize'), exact: true }).click()
  await expect.poll(() => window.evaluate(w => w.isMaximized())).toBe(true)
  await page.getByRole('button', { name: t('common:restore'), exact: true }).click()
  await expect.poll(() => window.evaluate(w => w.isMaximized())).toBe(false)
  await page.getByRole('button', { name: t('common:minimize'), exact: true }).click()
  await expect.poll(() => window.evaluate(w => w.isMinimized())).toBe(true)
})

test('shortcuts and the menu lead to search, settings, a new room and the other rooms', async ({
  launch,
}) => {
  const instance = await launch()
  await hostChat(instance, 'Ada')
  const { app, page } = instance
  await createRoom(page, 'workshop')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(composer(page, firstRoom)).toBeVisible()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(composer(page, 'workshop')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+n')
  await expect(page.getByRole('dialog', { name: t('rooms:createTitle') })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  const choose = (id: string): Promise<void> =>
    app.evaluate(({ Menu }, id) => {
      Menu.getApplicationMenu()?.getMenuItemById(id)?.click()
    }, id)
  await choose('openSearch')
  await expect(page.getByRole('combobox', { name: t('search:label') })).toBeFocused()
  await page.keyboard.press('Escape')
  await choose('openSettings')
  await expect(page.getByRole('heading', { name: t('settings:title') })).toBeVisible()
})

test('menus and window speak the language that is chosen', async ({ launch }) => {
  const { app, page } = await launch()
  const openLabel = (): Promise<string | undefined> =>
    app.evaluate(() => record.trays[0]?.menu.getMenuItemById('open')?.label)
  await expect.poll(openLabel).toBe(t('desktop:tray.open'))
  await page.getByRole('button', { name: t('firstRun:otherLanguage') }).click()
  const ko = { lng: 'ko' }
  await expect(page.getByRole('button', { name: t('firstRun:host', ko) })).toBeVisible()
  await expect.poll(openLabel).toBe(t('desktop:tray.open', ko))
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko')
})
