/** Where Electron starts: one instance, the app's own scheme, and the parts put together. */
import { app, dialog, powerMonitor, protocol, safeStorage } from 'electron'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toAppError } from '../shared/contract/errors.ts'
import { inviteScheme } from '../shared/contract/invite.ts'
import { languageOf } from '../shared/i18n/index.ts'
import { startFresh } from './app/start-fresh.ts'
import { DesktopApp } from './app/desktop-app.ts'
import { openEngine } from './app/engine.ts'
import { createInvites } from './desktop/invites.ts'
import { openLog } from './files/log.ts'
import { appOrigin, appScheme, serveFiles } from './desktop/protocol.ts'
import { proxyOf } from './desktop/system-proxy.ts'
import { createShutdown, type ShutdownStep } from './app/shutdown.ts'
import { askAboutStart } from './app/start-failure.ts'
import { startPatiently } from './app/starting.ts'
import { createTexts } from './desktop/texts.ts'

/** Beside this file in the build; that is why they are named here. */
const workers = {
  cache: new URL('./cache-worker.js', import.meta.url),
  host: new URL('./host-worker.js', import.meta.url),
  hostLog: new URL('./host-log-worker.js', import.meta.url),
}
const preload = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))
const pages = fileURLToPath(new URL('../renderer', import.meta.url))

/** While developing the page comes from Vite's server. */
const developmentUrl = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL
const page = developmentUrl
  ? { url: new URL(developmentUrl).href, origin: new URL(developmentUrl).origin }
  : { url: `${appOrigin}/index.html`, origin: appOrigin }

const invites = createInvites()

const start = async (): Promise<void> => {
  const log = openLog(app.getPath('logs'), app.isPackaged ? 'info' : 'debug')
  const texts = createTexts(languageOf(app.getPreferredSystemLanguages()[0] ?? app.getLocale()))
  log.info('starting', { version: app.getVersion(), platform: process.platform })
  const steps: ShutdownStep[] = []
  const end = createShutdown({
    steps,
    log,
    exit: code => {
      log.info('ended', { code })
      log.close()
      app.exit(code)
    },
  })
  // Electron also comes here on SIGTERM, SIGINT and SIGHUP.
  app.on('before-quit', event => {
    event.preventDefault()
    end()
  })
  powerMonitor.on('shutdown', () => app.quit())

  let desktopApp: DesktopApp | null = null
  const raise = (thrown: unknown): void => {
    log.error('uncaught', { detail: thrown instanceof Error ? thrown.stack : String(thrown) })
    desktopApp?.raise(toAppError(thrown))
  }
  process.on('uncaughtException', raise)
  process.on('unhandledRejection', raise)
  try {
    protocol.handle(appScheme.scheme, serveFiles(pages))
    const options = { folder: app.getPath('userData'), workers, texts, log }
    const engine = await startPatiently({
      open: () => openEngine({ ...options, seal: safeStorage, version: app.getVersion(), proxyOf }),
      ask: error => askAboutStart(error, texts),
      startFresh: error => startFresh(error, log),
      log,
    })
    if (!engine) {
      end(1)
      return
    }
    steps.push(...engine.shutdown)
    const resources = join(app.getAppPath(), 'resources')
    desktopApp = await DesktopApp.open({ engine, invites, texts, log, page, preload, resources })
    steps.unshift(...desktopApp.shutdown)
    const { bringUp } = desktopApp
    app.on('second-instance', bringUp)
    app.on('activate', bringUp)
    await engine.host.resume()
  } catch (thrown) {
    const error = toAppError(thrown)
    log.error('start-failed', { ...error })
    dialog.showErrorBox(texts.t('startFailed'), texts.explain(error))
    end(1)
  }
}

// The windows of Stompbox hide and come back; the app ends when somebody says so.
app.on('window-all-closed', () => undefined)
const folder = app.commandLine.getSwitchValue('user-data-dir')
if (folder) app.setPath('userData', resolve(folder))
// The same as in the installer, so that Windows knows whose notifications these are.
if (process.platform === 'win32') app.setAppUserModelId('invalid.stompbox.desktop')
protocol.registerSchemesAsPrivileged([appScheme])
// Links are opened by the app that is installed, not by one that is being developed.
if (app.isPackaged) app.setAsDefaultProtocolClient(inviteScheme)
// macOS tells links so, also those that it starts the app with; elsewhere they are arguments.
app.on('open-url', (event, url) => {
  event.preventDefault()
  invites.take([url])
})
// At once, for a link may be opened while the app still starts.
app.on('second-instance', (_event, args) => invites.take(args))
invites.take(process.argv)

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()
