/** Chromium's page targets and who owns them: every page belongs to a window that the app has opened, or is closed. */
import { setTimeout } from 'node:timers/promises'
import { isHeadless, type Chromium } from './chromium.ts'
import type { CdpSession, Protocol } from './cdp.ts'

/** What a target tells the window that it belongs to. */
export interface TargetOwner {
  titleChanged(title: string): void
  /** The page is gone: its window was closed by the desktop, or its process. */
  targetClosed(): void
}

export interface Target {
  id: string
  session: CdpSession
  /** Of Chromium's own window around the page. */
  windowId: number
}

const owners = new Map<string, TargetOwner>()
let chromium: Chromium | undefined

const running = (): Chromium => {
  if (!chromium) throw new Error('Windows can be opened only after the ready event.')
  return chromium
}

/** The browser's own session. */
export const browserSession = (): CdpSession => running().cdp.browser

export const connectTargets = async (started: Chromium): Promise<void> => {
  chromium = started
  const { browser } = started.cdp
  browser.on('Target.targetInfoChanged', ({ targetInfo: { targetId, title, url } }) => {
    // Before a document has a title, Chromium tells its address.
    if (title !== '' && title !== 'about:blank' && !url.endsWith(title))
      owners.get(targetId)?.titleChanged(title)
  })
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    const owner = owners.get(targetId)
    owners.delete(targetId)
    owner?.targetClosed()
  })
  browser.on('Target.targetCreated', ({ targetInfo: { type, targetId, openerId } }) => {
    // Opened by a page, and no window open handler of Electron's has made a window for it.
    if (type === 'page' && openerId !== undefined) closeTarget(targetId)
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
}

let opened = 0

/** Opens a window without tabs and address bar. Chromium hands out no target for it: `title`, which no other has, finds it. */
const openAppTarget = (title: string, bounds: Electron.Rectangle): Promise<string> => {
  const url = `data:text/html,<title>${title}</title>`
  const { promise, resolve } = Promise.withResolvers<string>()
  const { browser } = running().cdp
  const look = ({ targetInfo }: Protocol.Target.targetCreatedPayload): void => {
    if (targetInfo.type !== 'page' || decodeURI(targetInfo.url) !== url) return
    browser.off('Target.targetCreated', look)
    browser.off('Target.targetInfoChanged', look)
    resolve(targetInfo.targetId)
  }
  browser.on('Target.targetCreated', look)
  browser.on('Target.targetInfoChanged', look)
  running().openAppWindow(url, bounds)
  return promise
}

/** Waits until a window's first page is through: another one asked for before would be given up for it. */
const settled = async (session: CdpSession, title: string): Promise<void> => {
  const seen = async (): Promise<unknown> =>
    (await session.send('Runtime.evaluate', { expression: 'document.title' })).result.value
  while ((await seen()) !== title) await setTimeout(10)
}

/** Opens a page in a window of its own and attaches to it. */
export const openTarget = async (bounds: Electron.Rectangle, owner: TargetOwner): Promise<Target> => {
  const { cdp } = running()
  const { width, height } = bounds
  const title = isHeadless ? '' : `window-${String(++opened)}`
  const id = isHeadless
    ? (await cdp.browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height }))
        .targetId
    : await openAppTarget(title, bounds)
  owners.set(id, owner)
  const { windowId } = await cdp.browser.send('Browser.getWindowForTarget', { targetId: id })
  const { sessionId } = await cdp.browser.send('Target.attachToTarget', { targetId: id, flatten: true })
  const session = cdp.session(sessionId)
  await settled(session, title)
  return { id, windowId, session }
}

/** Closes a page and its window. */
export const closeTarget = (id: string): void => {
  owners.delete(id)
  const { cdp } = running()
  void cdp.browser.send('Target.closeTarget', { targetId: id }).catch((error: unknown) => {
    // Closing what is closing already, and closing with the browser, is no failure.
    if (!cdp.closed && !String(error).includes('No target with given id')) throw error
  })
}
