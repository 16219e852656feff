import { expect, test, vi } from 'vitest'
import type { Bridge } from '../../shared/bridge/bridge.ts'

const exposed = vi.hoisted(() => new Map<string, unknown>())
const ipcRenderer = vi.hoisted(() => ({
  invoke: vi.fn((_channel: string, call: unknown) => Promise.resolve({ ok: true, value: call })),
  on: vi.fn<(channel: string, listener: (...given: unknown[]) => void) => void>(),
  off: vi.fn<(channel: string, listener: (...given: unknown[]) => void) => void>(),
}))
vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
  ipcRenderer,
}))
await import('../../preload/index.ts')
const bridge = exposed.get('messenger') as Bridge

test('the window gets one object with two functions', () => {
  expect([...exposed.keys()]).toEqual(['messenger'])
  expect(Object.keys(bridge).sort()).toEqual(['command', 'onEvents'])
})

test('commands go over their channel and nowhere else', async () => {
  const answer = await bridge.command('setPerson', { name: 'A' })
  expect(answer).toEqual({ ok: true, value: { name: 'setPerson', input: { name: 'A' } } })
  expect(ipcRenderer.invoke.mock.calls).toEqual([
    ['stompbox:command', { name: 'setPerson', input: { name: 'A' } }],
  ])
})

test('listeners get the batches alone, until they stop', () => {
  const got: unknown[] = []
  const stop = bridge.onEvents(batch => got.push(batch))
  const [channel, take] = ipcRenderer.on.mock.calls[0] ?? []
  expect(channel).toBe('stompbox:events')
  take?.({ sender: 'of Electron' }, { first: 1, events: [] })
  expect(got).toEqual([{ first: 1, events: [] }])
  stop()
  expect(ipcRenderer.off).toHaveBeenCalledExactlyOnceWith('stompbox:events', take)
})
