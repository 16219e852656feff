/** The window: its bounds, when it shows, and what it may not do. */
import { BrowserWindow, Menu, nativeTheme, screen, shell } from 'electron'
import type { DesktopEvents } from '../../shared/contract/desktop-commands.ts'
import type { Log } from '../../shared/core/ports.ts'
import type { AppState } from '../files/app-state.ts'
import { contextMenu } from './context-menu.ts'
import { outsideAddress } from '../network/outside-address.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { createRevivals } from './revivals.ts'
import type { Texts } from './texts.ts'
import { placeWindow, smallest } from '../files/window-place.ts'

export interface WindowOptions {
  /** Address of the page. */
  url: string
  preload: string
  icon: string
  appState: JsonDocument<AppState>
  texts: Texts
  log: Log
  /** Whether closing hides the window; asked each time. */
  hidesOnClose(): boolean
  /** Closing has hidden the window. */
  hidden(): void
  /** Closing without hiding ends the app. */
  quit(): void
  changed(state: DesktopEvents['windowChanged']): void
}

/** Milliseconds from the last move until the bounds are saved. */
const settled = 500

/** The background of the design, so that nothing flashes before the first paint. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#111110' : '#e8e7e4')

/** Shows the window, whether hidden, minimised or covered. */
export const bringUp = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** @returns a function that saves the bounds at once. */
const rememberPlace = (
  window: BrowserWindow,
  appState: JsonDocument<AppState>,
  log: Log,
): (() => Promise<void>) => {
  let timer: NodeJS.Timeout | undefined
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized()) return
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    await appState.update({ window: place }).catch((thrown: unknown) => {
      log.warn('window-place-not-kept', { detail: String(thrown) })
    })
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), settled)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', soon)
  window.on('unmaximize', soon)
  return save
}

/** The page can't navigate, open windows or get permissions; its links open outside. */
const confine = ({ webContents: contents }: BrowserWindow, log: Log): void => {
  const openOutside = (url: string): void => {
    const address = outsideAddress(url)
    if (address) void shell.openExternal(address)
    else log.warn('address-refused')
  }
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  // Reloading is allowed; development needs it.
  contents.on('will-navigate', event => {
    if (event.url !== contents.getURL()) event.preventDefault()
  })
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  contents.session.setPermissionCheckHandler(() => false)
}

const offerContextMenu = (window: BrowserWindow, { t }: Texts): void => {
  const contents = window.webContents
  contents.on('context-menu', (_event, params) => {
    const entries = contextMenu(params, t, {
      replaceMisspelling: word => contents.replaceMisspelling(word),
      addToDictionary: word => contents.session.addWordToSpellCheckerDictionary(word),
    })
    if (entries.length > 0) Menu.buildFromTemplate(entries).popup({ window })
  })
}

const reviveWhenGone = (window: BrowserWindow, log: Log): void => {
  const mayRevive = createRevivals()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error('window-gone', { reason })
    if (reason !== 'clean-exit' && mayRevive()) window.webContents.reload()
  })
}

export interface OpenWindow {
  window: BrowserWindow
  /** Saves the window's bounds. */
  savePlace: () => Promise<void>
}

/** Opens the window, which shows after the first paint. */
export const openWindow = (options: WindowOptions): OpenWindow => {
  const { url, preload, icon, appState, texts, log } = options
  const { window: place } = appState.current()
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const window = new BrowserWindow({
    ...placeWindow(
      place,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Stompbox',
    icon,
    backgroundColor: background(),
    titleBarStyle: 'hidden',
    ...(process.platform === 'darwin' && { trafficLightPosition: { x: 12, y: 11 } }),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: true,
    },
  })
  confine(window, log)
  offerContextMenu(window, texts)
  reviveWhenGone(window, log)
  const savePlace = rememberPlace(window, appState, log)

  const tell = (): void => options.changed({ focused: window.isFocused(), maximized: window.isMaximized() })
  window.on('focus', tell)
  window.on('blur', tell)
  window.on('maximize', tell)
  window.on('unmaximize', tell)
  // The app sets the title: it contains the unread count.
  window.on('page-title-updated', event => event.preventDefault())
  const repaint = (): void => window.setBackgroundColor(background())
  nativeTheme.on('updated', repaint)
  window.on('closed', () => nativeTheme.off('updated', repaint))
  window.on('close', event => {
    // The window lives as long as the app: closing hides it, or ends the app in order.
    event.preventDefault()
    if (options.hidesOnClose()) {
      window.hide()
      options.hidden()
    } else options.quit()
  })
  window.once('ready-to-show', () => {
    if (place?.maximized) window.maximize()
    window.show()
  })
  // Windows ends the session in any case.
  window.on('session-end', () => options.quit())
  window.loadURL(url).catch((thrown: unknown) => log.error('window-not-loaded', { detail: String(thrown) }))
  return { window, savePlace }
}
