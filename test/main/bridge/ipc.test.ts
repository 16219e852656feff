import { EventEmitter } from 'node:events'
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron'
import { beforeEach, expect, test, vi } from 'vitest'
import { sendTo, serve } from '../../../main/bridge/ipc.ts'
import type { EventBatch } from '../../../shared/contract/api.ts'
import { collectLog } from '../collect-log.ts'

type Answer = (event: Partial<IpcMainInvokeEvent>, call: unknown) => Promise<unknown>

const answers = vi.hoisted(() => new Map<string, Answer>())
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, answer: Answer) => answers.set(channel, answer) },
}))

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

const origin = 'app://stompbox'
const frame = (url: string, parent: unknown = null) =>
  ({ url, parent }) as unknown as IpcMainInvokeEvent['senderFrame']

const served = {
  call: vi.fn((_call: unknown) => Promise.resolve({ ok: true as const, value: null })),
  pageGone: vi.fn(),
  hold: vi.fn(),
  resume: vi.fn(),
}
beforeEach(() => void vi.clearAllMocks())

const serving = () => {
  const fake = fakeWindow()
  const { log, lines } = collectLog()
  serve(fake.window, origin, served, log)
  const call = { name: 'setPerson', input: { name: 'A' } }
  const ask = (event: Partial<IpcMainInvokeEvent>) =>
    answers.get('stompbox:command')?.({ sender: fake.window.webContents, ...event }, call)
  return { ...fake, ask, call, lines }
}

test('carries out what comes from the page of the window', async () => {
  const { ask, call } = serving()
  expect(await ask({ senderFrame: frame(`${origin}/index.html`) })).toEqual({ ok: true, value: null })
  expect(served.call).toHaveBeenCalledExactlyOnceWith(call)
})

test.each([
  ['another page in the window', { senderFrame: frame('https://example.org/') }],
  ['an origin that only begins like ours', { senderFrame: frame(`${origin}.example.org/`) }],
  ['a frame inside the page', { senderFrame: frame(`${origin}/index.html`, {}) }],
  ['a frame that is gone', { senderFrame: null }],
  ['another window', { sender: fakeWindow().window.webContents, senderFrame: frame(`${origin}/index.html`) }],
])('refuses %s', async (_who, event) => {
  const { ask, lines } = serving()
  expect(await ask(event)).toMatchObject({ ok: false, error: { code: 'command-unknown' } })
  expect(served.call).not.toHaveBeenCalled()
  expect(lines).toMatchObject([{ level: 'warn', event: 'command-from-elsewhere' }])
})

test.each([
  ['loads another page', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }, 1],
  ['moves within its page', 'did-start-navigation', { isMainFrame: true, isSameDocument: true }, 0],
  ['loads a frame', 'did-start-navigation', { isMainFrame: false, isSameDocument: false }, 0],
  ['has lost its process', 'render-process-gone', {}, 1],
  ['is destroyed', 'destroyed', {}, 1],
])('knows whether a window that %s has lost its page', (_what, name, details, times) => {
  const { contents } = serving()
  contents.emit(name, details)
  expect(served.pageGone).toHaveBeenCalledTimes(times)
})

test('holds back what a window that does not answer would be sent', () => {
  const { window } = serving()
  window.emit('unresponsive')
  expect([served.hold.mock.calls.length, served.resume.mock.calls.length]).toEqual([1, 0])
  window.emit('responsive')
  expect(served.resume).toHaveBeenCalledOnce()
})

test('sends events to the page, and nothing once the window is gone', () => {
  const { window, sent, destroy } = fakeWindow()
  const send = sendTo(window)
  send({ first: 1, events: [] })
  destroy()
  send({ first: 2, events: [] })
  expect(sent).toEqual([{ first: 1, events: [] }])
})
