/** `WebContents`: the page in a window. */
import { EventEmitter } from 'node:events'
import type { CdpSession, Protocol } from './cdp.ts'
import { app } from './app.ts'
import { ipcMain } from './ipc-main.ts'
import { binding, deliver, documentScript } from './page/document-script.ts'
import { makeCodec } from './page/codec.ts'
import type { FromPage, ToPage } from './page/messages.ts'
import { servePage } from './page-requests.ts'
import { PreventableEvent } from './preventable.ts'
import { toApp, toChromium } from './protocol.ts'
import { session } from './session.ts'
import { closeTarget, openTarget, type Target, type TargetOwner } from './targets.ts'
import { mediaFeatures, nativeTheme } from './native-theme.ts'
import { WebFrameMain } from './web-frame-main.ts'

type WindowOpenHandler = (details: { url: string; disposition: string; frameName: string }) => {
  action: string
}

const { encode, decode } = makeCodec()
const contents = new Map<string, WebContents>()
let lastId = 0

/** Chromium's wish that came too late: the page or the browser is gone, as every page is at some time. */
const ignoreGone = (): void => undefined

export class WebContents extends EventEmitter {
  readonly id = ++lastId
  readonly session: typeof session.defaultSession = session.defaultSession
  readonly mainFrame = new WebFrameMain()
  /** The page is there, and `target` is its. */
  readonly opening: Promise<Target>
  #isDestroyed = false
  #isLoading = false
  #loading = ''
  #zoomFactor = 1
  #windowOpenHandler: WindowOpenHandler | undefined

  constructor(bounds: Electron.Rectangle, owner: TargetOwner, preload: string | undefined) {
    super()
    this.setMaxListeners(0)
    this.opening = this.#open(bounds, owner, preload)
    nativeTheme.on('updated', this.#showTheme)
    this.opening.catch((error: unknown) => {
      if (!app.isQuitting) throw error
    })
  }

  async #open(bounds: Electron.Rectangle, owner: TargetOwner, preload: string | undefined): Promise<Target> {
    const target = await openTarget(bounds, owner)
    contents.set(target.id, this)
    this.mainFrame.id = target.id
    await session.defaultSession.decidePermissions(this)
    this.#listen(target.session)
    await Promise.all([
      target.session.send('Page.enable'),
      target.session.send('Runtime.enable'),
      target.session.send('Runtime.addBinding', { name: binding }),
      target.session.send('Page.addScriptToEvaluateOnNewDocument', { source: documentScript(preload) }),
      target.session.send('Emulation.setEmulatedMedia', { features: mediaFeatures() }),
      servePage(target.session, (url, request) => this.#mayNavigate(url, request)),
    ])
    return target
  }

  #listen(page: CdpSession): void {
    page.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === binding) void this.#receive(decode(payload) as FromPage)
    })
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.mainFrame.id = frame.id
      this.mainFrame.moveTo(frame.url)
      this.emit('did-navigate', {}, this.getURL(), 200, 'OK')
    })
    page.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => {
      this.emit('did-start-navigation', {
        url: toApp(url),
        isMainFrame: frameId === this.mainFrame.id,
        isSameDocument: navigationType === 'sameDocument' || navigationType === 'historySameDocument',
      })
    })
    page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.mainFrame.id) this.mainFrame.moveTo(url)
    })
    page.on('Page.loadEventFired', () => {
      if (this.#loading === '') return
      this.#loading = ''
      this.#isLoading = false
      this.emit('did-finish-load', {})
    })
    page.on('Page.windowOpen', ({ url, windowName: frameName }) => this.#windowOpened(toApp(url), frameName))
    page.on('Inspector.targetCrashed', () =>
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }),
    )
  }

  /** Sends a command to the page as soon as there is one; a page that is gone needs none. */
  async tell<M extends keyof Protocol.CommandParameters>(
    method: M,
    params?: Protocol.CommandParameters[M],
  ): Promise<void> {
    await this.opening.then(target => target.session.send(method, params)).catch(ignoreGone)
  }

  readonly #showTheme = (): void =>
    void this.tell('Emulation.setEmulatedMedia', { features: mediaFeatures() })

  getURL(): string {
    return this.mainFrame.url
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isLoading(): boolean {
    return this.#isLoading
  }

  async loadURL(url: string): Promise<void> {
    const { session: page } = await this.opening
    this.#loading = toChromium(url)
    this.#isLoading = true
    const loaded = new Promise<void>((resolve, reject) => {
      this.once('did-finish-load', resolve)
      this.once('destroyed', () => reject(new Error(`ERR_FAILED (-2) loading '${url}'`)))
    })
    const { errorText } = await page.send('Page.navigate', { url: this.#loading })
    if (errorText !== undefined) {
      loaded.catch(ignoreGone)
      this.emit('did-fail-load', {}, -2, errorText, url, true)
      throw new Error(`${errorText} loading '${url}'`)
    }
    await loaded
  }

  reload(): void {
    this.#loading = toChromium(this.getURL())
    void this.tell('Page.reload')
  }

  #mayNavigate(url: string, { frameId, request }: Protocol.Fetch.requestPausedPayload): boolean {
    const isMainFrame = frameId === this.mainFrame.id
    if (isMainFrame && request.url === this.#loading) return true
    const details = Object.assign(new PreventableEvent(), { url, isMainFrame, isSameDocument: false })
    this.emit('will-frame-navigate', details)
    if (isMainFrame) this.emit('will-navigate', details, url)
    if (!details.defaultPrevented && isMainFrame) this.#loading = request.url
    return !details.defaultPrevented
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler
  }

  #windowOpened(url: string, frameName: string): void {
    const decision = this.#windowOpenHandler?.({ url, frameName, disposition: 'foreground-tab' })
    if (decision?.action !== 'deny')
      throw new Error('The stand-in provides no windows that pages open themselves.')
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    this.#post({ kind: 'send', channel, args })
  }

  #post(message: ToPage): void {
    const expression = deliver(encode(message))
    if (!this.#isDestroyed) void this.tell('Runtime.evaluate', { expression, silent: true })
  }

  async #receive(message: FromPage): Promise<void> {
    const event = {
      sender: this,
      senderFrame: this.mainFrame,
      processId: 1,
      frameId: 1,
      type: 'frame',
      ports: [],
    }
    switch (message.kind) {
      case 'send':
        ipcMain.emit(message.channel, event, ...message.args)
        return
      case 'invoke':
        try {
          const value = await ipcMain.answer(message.channel, event, message.args)
          this.#post({ kind: 'answer', id: message.id, value })
        } catch (error) {
          this.#post({
            kind: 'refusal',
            id: message.id,
            message: error instanceof Error ? error.message : String(error),
          })
        }
        return
      case 'window-open':
        this.#windowOpened(toApp(message.url), message.frameName)
        return
      case 'focus':
        this.emit('desktop-focus', message.focused)
        return
      case 'preload-error':
        process.stderr.write(`Electron stand-in: the preload failed: ${message.stack}\n`)
        this.emit('preload-error', {}, '', new Error(message.stack))
    }
  }

  setZoomLevel(level: number): void {
    this.#zoomFactor = 1.2 ** level
    const expression = `document.documentElement.style.zoom = ${JSON.stringify(String(this.#zoomFactor))}`
    void this.tell('Runtime.evaluate', { expression })
  }

  getZoomLevel(): number {
    return Math.log(this.#zoomFactor) / Math.log(1.2)
  }

  /** Runs an editing command of the page, as the menu's roles do. */
  edit(command: 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll' | 'delete'): void {
    void this.tell('Runtime.evaluate', { expression: `document.execCommand(${JSON.stringify(command)})` })
  }

  close(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    nativeTheme.off('updated', this.#showTheme)
    void this.opening.then(({ id }) => {
      contents.delete(id)
      closeTarget(id)
    }, ignoreGone)
    this.emit('destroyed')
  }
}

export const webContents = {
  fromDevToolsTargetId: (targetId: string): WebContents | undefined => contents.get(targetId),
  getAllWebContents: (): WebContents[] => [...contents.values()],
}
