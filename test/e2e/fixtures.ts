/** Starts the built app, as often as a spec needs it, each instance with a user data folder of its own. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test'
import type { HostSettings, Settings } from '../../shared/contract/model.ts'

export const root = join(import.meta.dirname, '../..')

/** What `record.cjs` keeps in the main process. */
interface MainRecord {
  notifications: Electron.Notification[]
  trays: { tray: Electron.Tray; menu: Electron.Menu; toolTip: string }[]
  opened: string[]
  dialogs: Electron.MessageBoxOptions[]
  /** Paths that the person chooses in dialogs for files, one after the other. */
  files: string[]
}
declare global {
  var record: MainRecord
}

export interface Instance {
  app: ElectronApplication
  /** The window's page; its first snapshot is rendered. */
  page: Page
  userData: string
}

/** What stands in the settings file; the rest has its defaults. */
type KeptSettings = Partial<Omit<Settings, 'host'>> & { host?: Partial<HostSettings> }

interface LaunchOptions {
  /** To start again with the folder of an instance that has ended. */
  userData?: string
  settings?: KeptSettings
  /** An invitation that the operating system starts the app with. */
  link?: string
}

interface Fixtures {
  /** Makes a user data folder with `settings`; the host's port is a free one of its own. */
  makeUserData: (settings?: KeptSettings) => Promise<string>
  /** Starts the app without waiting for its window. */
  start: (userData: string, link?: string) => Promise<ElectronApplication>
  /** Starts the app and waits for its window. */
  launch: (options?: LaunchOptions) => Promise<Instance>
}

/** @returns a port on which nobody listens at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

export const test = base.extend<Fixtures>({
  makeUserData: async ({}, use) => {
    const folders: string[] = []
    await use(async (settings = {}) => {
      const folder = await mkdtemp(join(tmpdir(), 'stompbox-e2e-'))
      folders.push(folder)
      const host = { port: await freePort(), ...settings.host }
      await writeFile(join(folder, 'settings.json'), JSON.stringify({ language: 'en', ...settings, host }))
      return folder
    })
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  start: async ({}, use) => {
    const started: { app: ElectronApplication; main: ChildProcess }[] = []
    await use(async (userData, link) => {
      const app = await _electron.launch({
        cwd: root,
        args: [
          '-r',
          join(import.meta.dirname, 'record.cjs'),
          '.',
          `--user-data-dir=${userData}`,
          ...(link ? [link] : []),
        ],
        colorScheme: null,
      })
      started.push({ app, main: app.process() })
      return app
    })
    const running = started.filter(({ main }) => main.exitCode === null && main.signalCode === null)
    await Promise.all(running.map(({ app }) => app.close()))
  },
  launch: async ({ makeUserData, start }, use) => {
    await use(async ({ userData, settings, link } = {}) => {
      const folder = userData ?? (await makeUserData(settings))
      const app = await start(folder, link)
      const page = await app.firstWindow()
      await page.locator('html[data-ready]').waitFor()
      return { app, page, userData: folder }
    })
  },
})

export { expect }
