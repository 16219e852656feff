/** The built app for benches: Electron if it is installed, else the stand-in. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { createTranslator } from '../shared/i18n/index.ts'

export const root = join(import.meta.dirname, '..')
export const { t } = createTranslator('en')

/**
 * Runs `work` in a freshly installed app; its data is deleted afterwards. @param checkout the checkout whose build to
 * run.
 */
export const withApp = async <Value>(
  work: (app: ElectronApplication, page: Page, userData: string) => Promise<Value>,
  checkout = root,
): Promise<Value> => {
  if (!existsSync(join(root, 'node_modules/electron/path.txt')))
    process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(root, 'test/electron-stand-in/dist')
  const userData = mkdtempSync(join(tmpdir(), 'stompbox-bench-'))
  const app = await _electron.launch({ cwd: checkout, args: ['.', `--user-data-dir=${userData}`] })
  try {
    const page = await app.firstWindow()
    await page.locator('html[data-ready]').waitFor()
    return await work(app, page, userData)
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Completes the first run with a name and the address of a host. Ready for {@link connect}. */
export const fillAddress = async (page: Page, url: string, name = 'Bench'): Promise<void> => {
  await page.locator('input').first().fill(name)
  await page.getByRole('button', { name: t('firstRun:connect') }).click()
  await page.locator('input[name=url]').fill(url)
}

export const connect = (page: Page): Promise<void> =>
  page.getByRole('button', { name: t('servers:addSubmit'), exact: true }).click()
