/** Electron's channel between a window and its end of the bridge: the only user of ipcMain and of webContents.send. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { CallLog } from '../../shared/bridge/command-calls.ts'
import type { ServedWindow } from '../../shared/bridge/served-window.ts'
import type { EventBatch } from '../../shared/contract/api.ts'
import { commandChannel, eventChannel } from '../../shared/contract/channels.ts'
import type { AppError, Result } from '../../shared/contract/errors.ts'

/** @returns what sends events to the page of `window`, as long as there is one. */
export const sendTo =
  ({ webContents }: BrowserWindow) =>
  (batch: EventBatch): void => {
    if (!webContents.isDestroyed()) webContents.send(eventChannel, batch)
  }

const refusal: AppError = { code: 'command-unknown', detail: 'not from the window' }

/** Serves the page of `window` and nobody else. @param origin of its page. */
export const serve = (
  window: BrowserWindow,
  origin: string,
  served: Pick<ServedWindow, 'call' | 'pageGone' | 'hold' | 'resume'>,
  log: CallLog,
): void => {
  const contents = window.webContents
  const isOurs = ({ sender, senderFrame }: IpcMainInvokeEvent): boolean =>
    sender === contents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.url.startsWith(`${origin}/`)

  ipcMain.handle(commandChannel, (event, call: unknown): Promise<Result<unknown>> => {
    if (isOurs(event)) return served.call(call)
    log.warn('command-from-elsewhere', { url: event.senderFrame?.url })
    return Promise.resolve({ ok: false, error: refusal })
  })
  const gone = (): void => served.pageGone()
  contents.on('did-start-navigation', details => {
    if (details.isMainFrame && !details.isSameDocument) gone()
  })
  contents.on('render-process-gone', gone)
  contents.on('destroyed', gone)
  window.on('unresponsive', () => served.hold())
  window.on('responsive', () => served.resume())
}
