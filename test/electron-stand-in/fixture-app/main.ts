/** A small app that tells what the stand-in does to it. */
import { app, BrowserWindow, ipcMain, net, protocol, session, shell } from 'electron'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const scheme = 'fixture'
const contentSecurityPolicy = "default-src 'none'; script-src 'self'"

protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])

const openWindow = (): BrowserWindow => {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    minWidth: 400,
    minHeight: 300,
    webPreferences: { preload: join(import.meta.dirname, 'preload.cjs') },
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url)
    return { action: 'deny' }
  })
  window.webContents.on('will-navigate', event => event.preventDefault())
  void window.loadURL(`${scheme}://app/index.html`)
  return window
}

const start = (): void => {
  protocol.handle(scheme, async request => {
    const file = join(import.meta.dirname, new URL(request.url).pathname)
    const response = await net.fetch(pathToFileURL(file).href)
    const headers = new Headers(response.headers)
    headers.set('content-security-policy', contentSecurityPolicy)
    return new Response(response.body, { headers })
  })
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  ipcMain.handle('echo', (_event, value: unknown) => value)
  ipcMain.handle('fail', () => {
    throw new Error('no such thing')
  })
  openWindow()
}

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv) => {
    BrowserWindow.getAllWindows()[0]?.webContents.send('message', `second:${argv.at(-1) ?? ''}`)
  })
  void app.whenReady().then(start)
} else {
  app.quit()
}
