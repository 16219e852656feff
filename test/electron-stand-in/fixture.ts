/** Starts the fixture app on the stand-in, with a user data folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type JSHandle, type Page } from '@playwright/test'
import { afterAll, beforeAll } from 'vitest'

export const fixtureApp = join(import.meta.dirname, 'fixture-app')
export const executable = join(import.meta.dirname, 'dist/electron')

export interface Running {
  app: ElectronApplication
  page: Page
}

export const makeUserData = (): string => mkdtempSync(join(tmpdir(), 'electron-stand-in-'))

export const removeUserData = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Starts the app; it is ready when this answers. */
export const launchFixture = async (userData: string): Promise<Running> => {
  const app = await _electron.launch({
    executablePath: executable,
    args: [fixtureApp, `--user-data-dir=${userData}`],
    colorScheme: null,
  })
  const page = await app.firstWindow()
  await page.locator('html[data-ready]').waitFor()
  return { app, page }
}

/** Starts the app before the tests of a file, and ends it after them. */
export const fixtureForAll = (): Running => {
  const userData = makeUserData()
  let running: Running
  beforeAll(async () => {
    running = await launchFixture(userData)
  })
  afterAll(async () => {
    await running.app.close()
    removeUserData(userData)
  })
  return {
    get app() {
      return running.app
    },
    get page() {
      return running.page
    },
  }
}

/** @returns the app's first window, in its main process. */
export const windowOf = (app: ElectronApplication): Promise<JSHandle<Electron.BrowserWindow>> =>
  app.evaluateHandle(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window.')
    return window
  })
