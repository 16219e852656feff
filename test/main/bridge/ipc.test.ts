import { EventEmitter } from 'node:events'
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerCommands, sendEvents } from '../../../main/bridge/ipc.ts'
import type { Commands, EventBatch } from '../../../shared/contract/api.ts'
import type { Handlers } from '../../../shared/contract/command.ts'
import { collectLog } from '../collect-log.ts'

type Answer = (event: Partial<IpcMainInvokeEvent>, call: unknown) => Promise<unknown>

const answers = vi.hoisted(() => new Map<string, Answer>())
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, answer: Answer) => answers.set(channel, answer) },
}))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The part of a window that IPC sees: what it emits, and what it is sent. */
const fakeWindow = () => {
  const sent: EventBatch[] = []
  let destroyed = false
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => destroyed,
    send: (_channel: string, batch: EventBatch) => sent.push(batch),
  })
  const window = Object.assign(new EventEmitter(), { webContents: contents }) as unknown as BrowserWindow
  const destroy = () => {
    destroyed = true
  }
  return { window, contents, sent, destroy }
}
const focus = { name: 'windowChanged', payload: { focused: true, maximized: false } } as const

const origin = 'app://stompbox'
const frame = (url: string, parent: unknown = null) =>
  ({ url, parent }) as unknown as IpcMainInvokeEvent['senderFrame']
const answering = () => {
  const { window } = fakeWindow()
  const { log, lines } = collectLog()
  const setPerson = vi.fn(() => Promise.resolve(null))
  answerCommands(window, origin, { setPerson } as unknown as Handlers<Commands>, log)
  const ask = (event: Partial<IpcMainInvokeEvent>) =>
    answers.get('stompbox:command')?.(
      { sender: window.webContents, ...event },
      { name: 'setPerson', input: { name: 'A' } },
    )
  return { ask, setPerson, lines }
}

test('carries out what comes from the page of the window', async () => {
  const { ask, setPerson } = answering()
  expect(await ask({ senderFrame: frame(`${origin}/index.html`) })).toEqual({ ok: true, value: null })
  expect(setPerson).toHaveBeenCalledExactlyOnceWith({ name: 'A' })
})

test.each([
  ['another page in the window', { senderFrame: frame('https://example.org/') }],
  ['an origin that only begins like ours', { senderFrame: frame(`${origin}.example.org/`) }],
  ['a frame inside the page', { senderFrame: frame(`${origin}/index.html`, {}) }],
  ['a frame that is gone', { senderFrame: null }],
  ['another window', { sender: fakeWindow().window.webContents, senderFrame: frame(`${origin}/index.html`) }],
])('refuses %s', async (_who, event) => {
  const { ask, setPerson, lines } = answering()
  expect(await ask(event)).toMatchObject({ ok: false, error: { code: 'command-unknown' } })
  expect(setPerson).not.toHaveBeenCalled()
  expect(lines).toMatchObject([{ level: 'warn', event: 'command-from-elsewhere' }])
})

test('events wait until the window has taken its snapshot', () => {
  const { window, sent } = fakeWindow()
  const events = sendEvents(window)
  events.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  expect(events.open()).toBe(0)
  events.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([{ first: 1, events: [focus] }])
})

test.each([
  ['loads another page', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }, 0],
  ['moves within its page', 'did-start-navigation', { isMainFrame: true, isSameDocument: true }, 1],
  ['loads a frame', 'did-start-navigation', { isMainFrame: false, isSameDocument: false }, 1],
  ['has lost its process', 'render-process-gone', {}, 0],
])('a window that %s', (_what, name, details, batches) => {
  const { window, contents, sent } = fakeWindow()
  const events = sendEvents(window)
  events.open()
  contents.emit(name, details)
  events.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toHaveLength(batches)
})

test('a window that does not answer gets its events when it does', () => {
  const { window, sent } = fakeWindow()
  const events = sendEvents(window)
  events.open()
  window.emit('unresponsive')
  events.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
  window.emit('responsive')
  expect(sent).toHaveLength(1)
})

test('nothing is sent to a window that is gone', () => {
  const { window, sent, destroy } = fakeWindow()
  const events = sendEvents(window)
  events.open()
  destroy()
  events.emit([focus])
  vi.advanceTimersByTime(20)
  expect(sent).toEqual([])
})
