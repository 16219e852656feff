/** `BrowserWindow`: a window with one page. Its state is kept here, and shown by Chromium where there is a screen. */
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import type { Protocol } from './cdp.ts'
import { isHeadless } from './chromium.ts'
import { PreventableEvent } from './preventable.ts'
import { screen } from './screen.ts'
import { browserSession, type TargetOwner } from './targets.ts'
import { WebContents } from './web-contents.ts'
import { focus, windows } from './window-registry.ts'

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen'
type Provided = Pick<
  Electron.BrowserWindow,
  | 'blur'
  | 'close'
  | 'destroy'
  | 'flashFrame'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'getSize'
  | 'getTitle'
  | 'hide'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'reload'
  | 'restore'
  | 'setBackgroundColor'
  | 'getBackgroundColor'
  | 'setBounds'
  | 'setFullScreen'
  | 'setOverlayIcon'
  | 'setSize'
  | 'setTitle'
  | 'show'
  | 'showInactive'
  | 'unmaximize'
>

let lastId = 0

const refuseUnsafe = (preferences: Electron.WebPreferences): void => {
  const { nodeIntegration = false, contextIsolation = true, sandbox = true, webSecurity = true } = preferences
  if (nodeIntegration || !contextIsolation || !sandbox || !webSecurity) {
    throw new Error('The stand-in provides sandboxed, context-isolated pages without node integration only.')
  }
}

/** Makes every method throw as Electron's do once the object behind them is gone. */
const refuseAllBut = (window: BrowserWindow, allowed: string[]): void => {
  const refuse = (): never => {
    throw new TypeError('Object has been destroyed')
  }
  for (const name of Object.getOwnPropertyNames(BrowserWindow.prototype)) {
    if (!allowed.includes(name)) Object.defineProperty(window, name, { value: refuse })
  }
}

const centred = (width: number, height: number): Electron.Rectangle => {
  const area = screen.getPrimaryDisplay().workArea
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  }
}

export class BrowserWindow extends EventEmitter implements Provided, TargetOwner {
  readonly id = ++lastId
  readonly webContents: WebContents
  #normalBounds: Electron.Rectangle
  #minimumSize: [width: number, height: number]
  #state: State = 'normal'
  #stateBeforeMinimize: State = 'normal'
  #isShown: boolean
  #isDestroyed = false
  #title: string
  #backgroundColor: string

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.setMaxListeners(0)
    const { webPreferences = {}, width = 800, height = 600, x, y } = options
    refuseUnsafe(webPreferences)
    const place = centred(width, height)
    this.#normalBounds = { ...place, x: x ?? place.x, y: y ?? place.y }
    this.#minimumSize = [options.minWidth ?? 0, options.minHeight ?? 0]
    this.#title = options.title ?? app.name
    this.#backgroundColor = options.backgroundColor ?? '#FFFFFF'
    this.#isShown = options.show ?? true
    windows.set(this.id, this)
    this.webContents = new WebContents(this.#normalBounds, this, webPreferences.preload)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    if (!isHeadless) {
      this.once('ready-to-show', () => this.webContents.on('desktop-focus', this.#focusedByDesktop))
    }
    app.emit('browser-window-created', {}, this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#place()
    if (this.#isShown) queueMicrotask(() => this.focus())
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focus.window
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(window => window.webContents === contents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  reload(): void {
    this.webContents.reload()
  }

  isVisible(): boolean {
    return this.#isShown && this.#state !== 'minimized'
  }

  show(): void {
    this.showInactive()
    this.focus()
  }

  showInactive(): void {
    if (this.#state === 'minimized') this.restore()
    if (this.#isShown) return
    this.#isShown = true
    this.#place()
    this.emit('show')
  }

  hide(): void {
    if (!this.#isShown) return
    this.blur()
    this.#isShown = false
    this.#place()
    this.emit('hide')
  }

  isFocused(): boolean {
    return focus.window === this
  }

  focus(): void {
    if (!this.isVisible() || this.isFocused()) return
    focus.move(this)
    void this.webContents.tell('Page.bringToFront')
  }

  /** The person has brought the window up by the desktop's own means, or has gone to another. */
  readonly #focusedByDesktop = (focused: boolean): void => (focused ? this.show() : this.blur())

  blur(): void {
    if (this.isFocused()) focus.move(null)
  }

  isMinimized(): boolean {
    return this.#state === 'minimized'
  }

  isMaximized(): boolean {
    return this.#state === 'maximized'
  }

  isFullScreen(): boolean {
    return this.#state === 'fullscreen'
  }

  minimize(): void {
    if (this.#state === 'minimized') return
    this.blur()
    this.#stateBeforeMinimize = this.#state
    this.#become('minimized', 'minimize')
  }

  restore(): void {
    if (this.#state !== 'minimized') return
    this.#become(this.#stateBeforeMinimize, 'restore')
    this.focus()
  }

  maximize(): void {
    this.#become('maximized', 'maximize')
  }

  unmaximize(): void {
    if (this.#state === 'maximized') this.#become('normal', 'unmaximize')
  }

  setFullScreen(fullScreen: boolean): void {
    if (fullScreen) this.#become('fullscreen', 'enter-full-screen')
    else if (this.#state === 'fullscreen') this.#become('normal', 'leave-full-screen')
  }

  #become(state: State, event: string): void {
    if (this.#state === state) return
    this.#state = state
    this.#place()
    this.emit(event)
    if (state !== 'minimized') this.emit('resize')
  }

  getBounds(): Electron.Rectangle {
    const { workArea, bounds } = screen.getDisplayMatching(this.#normalBounds)
    if (this.#state === 'maximized') return { ...workArea }
    return { ...(this.#state === 'fullscreen' ? bounds : this.#normalBounds) }
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#normalBounds }
  }

  getSize(): [number, number] {
    const { width, height } = this.getBounds()
    return [width, height]
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  setBounds(change: Partial<Electron.Rectangle>): void {
    const was = this.#normalBounds
    const wanted = { ...was, ...change }
    const [minWidth, minHeight] = this.#minimumSize
    const width = Math.max(wanted.width, minWidth)
    const height = Math.max(wanted.height, minHeight)
    this.#normalBounds = { ...wanted, width, height }
    this.#place()
    if (was.width !== width || was.height !== height) this.emit('resize')
    if (was.x !== wanted.x || was.y !== wanted.y) this.emit('move')
  }

  /** Brings Chromium's window to where this one is. A window that is hidden on a screen is minimized there: Chromium has no other way. */
  #place(): void {
    const windowState = this.#isShown ? this.#state : 'minimized'
    const { x: left, y: top, width, height } = this.getBounds()
    const moves: Protocol.Browser.Bounds[] = isHeadless
      ? []
      : [{ windowState: 'normal' }, ...(windowState === 'normal' ? [{ left, top }] : [{ windowState }])]
    void this.webContents.opening
      .then(async ({ windowId }) => {
        for (const bounds of moves)
          await browserSession().send('Browser.setWindowBounds', { windowId, bounds })
        if (isHeadless || windowState === 'normal') {
          await browserSession().send('Browser.setContentsSize', { windowId, width, height })
        }
      })
      .catch((error: unknown) => {
        if (!this.#isDestroyed && !app.isQuitting) throw error
      })
  }

  getTitle(): string {
    return this.#title
  }

  setTitle(title: string): void {
    this.#title = title
  }

  titleChanged(title: string): void {
    if (title === this.#title) return
    const event = new PreventableEvent()
    this.emit('page-title-updated', event, title, true)
    if (!event.defaultPrevented) this.#title = title
  }

  getBackgroundColor(): string {
    return this.#backgroundColor
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
  }

  /** Does nothing but on Windows. */
  setOverlayIcon(): void {
    return
  }

  /** Asks a desktop's task bar for attention; the stand-in's windows are on none. */
  flashFrame(): void {
    return
  }

  close(): void {
    if (this.#isDestroyed) return
    const event = new PreventableEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.blur()
    this.#isDestroyed = true
    windows.delete(this.id)
    this.webContents.close()
    this.emit('closed')
    refuseAllBut(this, ['isDestroyed', 'targetClosed'])
    if (windows.size > 0 || app.isQuitting) return
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
    else app.quit()
  }

  /** A window that the desktop has closed is gone: Chromium asks nobody, and there is no tray to bring it back from. */
  targetClosed(): void {
    if (this.#isDestroyed) return
    this.destroy()
    app.quit()
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}
