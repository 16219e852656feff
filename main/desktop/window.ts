/** The window: where it stands, when it shows, and what it must not do. */
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
  /** Whether a close is to hide the window; asked each time. */
  hidesOnClose(): boolean
  /** The window was hidden by a close. */
  hidden(): void
  /** A close that does not hide ends the app. */
  quit(): void
  changed(state: DesktopEvents['windowChanged']): void
}

/** Milliseconds after the last move until the place is written. */
const settled = 500

/** The chassis of the look, so that nothing flashes before the page has drawn itself. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#111110' : '#e8e7e4')

/** Brings the window up from wherever it is. */
export const bringUp = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** @returns what writes the place down at once. */
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

/** The page stays where it is, opens nothing and is granted nothing; addresses it points at open outside. */
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
  // It may load itself anew, as it does while developing.
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
  /** Writes down where the window is. */
  savePlace: () => Promise<void>
  /** Tells its state, which no snapshot holds. */
  tell: () => void
}

/** Opens the window; it shows itself as soon as the page has drawn. */
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
  // The title is ours: it counts what is unread.
  window.on('page-title-updated', event => event.preventDefault())
  const repaint = (): void => window.setBackgroundColor(background())
  nativeTheme.on('updated', repaint)
  window.on('closed', () => nativeTheme.off('updated', repaint))
  window.on('close', event => {
    // The window lives as long as the app: it hides, or the app ends in order and takes it along.
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
  // Windows ends its session whatever the app wants.
  window.on('session-end', () => options.quit())
  window.loadURL(url).catch((thrown: unknown) => log.error('window-not-loaded', { detail: String(thrown) }))
  return { window, savePlace, tell }
}
