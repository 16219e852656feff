/** Between the window and the rest: the only user of ipcMain and of webContents.send. */
import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import type { AppEvent, Commands } from '../../shared/contract/api.ts'
import { commandChannel, eventChannel } from '../../shared/contract/channels.ts'
import type { Handlers } from '../../shared/contract/command.ts'
import type { AppError, Result } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'
import { carryOut } from './command-calls.ts'
import { createEventBatches } from './event-batches.ts'
import { createWindowFeed, type WindowFeed } from './window-feed.ts'

export interface WindowEvents {
  /** Queues events for the window, as far as they concern it. */
  emit: (events: readonly AppEvent[]) => void
  /** What the window shows and keeps decides which events it gets. */
  feed: Pick<WindowFeed, 'show' | 'hold'>
  /** A window takes its snapshot now. @returns the sequence number that the snapshot stands at. */
  open: () => number
}

/** @returns the way of events to `window`, which gets them in batches from its first snapshot on. */
export const sendEvents = (window: BrowserWindow): WindowEvents => {
  const contents = window.webContents
  const batches = createEventBatches({
    send: batch => {
      if (!contents.isDestroyed()) contents.send(eventChannel, batch)
    },
  })
  const feed = createWindowFeed(batches.push)
  const close = (): void => {
    feed.drop()
    feed.hold([])
    batches.close()
  }
  contents.on('did-start-navigation', details => {
    if (details.isMainFrame && !details.isSameDocument) close()
  })
  contents.on('render-process-gone', close)
  contents.on('destroyed', close)
  window.on('unresponsive', batches.hold)
  window.on('responsive', batches.resume)
  const open = (): number => {
    feed.drop()
    return batches.open()
  }
  return { emit: feed.see, feed, open }
}

const refusal: AppError = { code: 'command-unknown', detail: 'not from the window' }

/** Carries out the commands of `window` and of nobody else. @param origin of its page. */
export const answerCommands = (
  window: BrowserWindow,
  origin: string,
  handlers: Handlers<Commands>,
  log: Log,
): void => {
  const isOurs = ({ sender, senderFrame }: IpcMainInvokeEvent): boolean =>
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    senderFrame.url.startsWith(`${origin}/`)

  ipcMain.handle(commandChannel, (event, call: unknown): Promise<Result<unknown>> => {
    if (isOurs(event)) return carryOut(handlers, call, log)
    log.warn('command-from-elsewhere', { url: event.senderFrame?.url })
    return Promise.resolve({ ok: false, error: refusal })
  })
}
