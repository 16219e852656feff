import { expect, test } from 'vitest'
import { fixtureForAll, windowOf } from './fixture.ts'

const running = fixtureForAll()

const innerSize = (): Promise<number[]> => running.page.evaluate(() => [innerWidth, innerHeight])

test('the page is as large as the window, and no smaller than its minimum', async () => {
  const window = await windowOf(running.app)
  await expect.poll(innerSize).toEqual(await window.evaluate(w => w.getSize()))
  await window.evaluate(w => w.setBounds({ x: 40, y: 30, width: 700, height: 500 }))
  await expect.poll(innerSize).toEqual([700, 500])
  await window.evaluate(w => w.setSize(100, 100))
  expect(await window.evaluate(w => w.getBounds())).toEqual({ x: 40, y: 30, width: 400, height: 300 })
})

test('a maximized window fills the screen and keeps its normal bounds', async () => {
  const window = await windowOf(running.app)
  await window.evaluate(w => w.setBounds({ x: 40, y: 30, width: 700, height: 500 }))
  await window.evaluate(w => w.maximize())
  const screen = await running.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea)
  expect(await window.evaluate(w => w.getBounds())).toEqual(screen)
  await expect.poll(innerSize).toEqual([screen.width, screen.height])
  await window.evaluate(w => w.unmaximize())
  expect(await window.evaluate(w => w.getBounds())).toEqual({ x: 40, y: 30, width: 700, height: 500 })
})

test('show, hide, focus and blur come as events, once each', async () => {
  const window = await windowOf(running.app)
  await window.evaluate(w => {
    w.focus()
    const events: string[] = []
    Object.assign(globalThis, { events })
    w.on('show', () => events.push('show'))
    w.on('hide', () => events.push('hide'))
    w.on('focus', () => events.push('focus'))
    w.on('blur', () => events.push('blur'))
    w.hide()
    w.hide()
    w.show()
    w.blur()
    w.minimize()
    w.restore()
  })
  expect(await running.app.evaluate(() => Reflect.get(globalThis, 'events') as unknown)).toEqual([
    'blur',
    'hide',
    'show',
    'focus',
    'blur',
    'focus',
  ])
})

test('the theme of the app is what pages see', async () => {
  const isDark = (): Promise<boolean> =>
    running.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  await running.app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'light'
  })
  await expect.poll(isDark).toBe(false)
  await running.app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark'
  })
  await expect.poll(isDark).toBe(true)
})

test('a window with node in its page is refused', async () => {
  const message = await running.app.evaluate(({ BrowserWindow }) => {
    try {
      return new BrowserWindow({ webPreferences: { nodeIntegration: true } }).id
    } catch (error) {
      return String(error)
    }
  })
  expect(message).toContain('without node integration')
})

test('a window that is gone says so to whoever uses it', async () => {
  const answers = await running.app.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false })
    window.destroy()
    try {
      window.show()
      return 'shown'
    } catch (error) {
      return [window.isDestroyed(), String(error)]
    }
  })
  expect(answers).toEqual([true, 'TypeError: Object has been destroyed'])
})

test('menus carry out their items', async () => {
  const chosen = await running.app.evaluate(({ Menu }) => {
    const chosen: string[] = []
    const menu = Menu.buildFromTemplate([
      {
        id: 'top',
        label: 'Top',
        submenu: [{ id: 'inner', label: 'Inner', click: () => chosen.push('inner') }],
      },
      { id: 'off', label: 'Off', enabled: false, click: () => chosen.push('off') },
    ])
    for (const id of ['inner', 'off']) menu.getMenuItemById(id)?.click()
    return chosen
  })
  expect(chosen).toEqual(['inner'])
})
