/** The whole window in a real browser, over a bridge whose other end is the test. */
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { App } from '../../renderer/App.tsx'
import { createApi } from '../../shared/bridge/api.ts'
import { createStore, type Store } from '../../renderer/store/store.ts'
import '../../renderer/ui/base.css'
import type { RoomMembers } from '../../shared/contract/model.ts'
import { aSnapshot, windowBridge, type WindowBridge } from './window-bridge.ts'

interface OpenWindow {
  bridge: WindowBridge
  store: Store
  /** The inputs of all calls of one command, in order. */
  readonly inputsOf: (command: string) => unknown[]
}

/** What the window starts from. `members`: the people of a room, as its host tells them. */
type Beginning = Parameters<typeof aSnapshot>[0] & { members?: RoomMembers }

/** Opens a window of 1280 × 800 px on a snapshot, by default one server with two rooms. */
export const openWindow = async (
  { members, ...change }: Beginning = {},
  answers: Parameters<typeof windowBridge>[1] = {},
  size: [width: number, height: number] = [1280, 800],
): Promise<OpenWindow> => {
  await page.viewport(...size)
  document.getElementById('root')?.remove()
  const root = document.createElement('div')
  root.id = 'root'
  document.body.append(root)
  const bridge = windowBridge(() => aSnapshot(change), {
    findServer: ({ url }) => url,
    listMessages: () => ({ messages: [], hasEarlier: false, hasLater: false }),
    ...answers,
  })
  const api = createApi(bridge)
  const store = await api.start(first => createStore(api, first))
  await render(<App messenger={{ api, store }} />, { container: root })
  if (members) bridge.tell({ name: 'membersChanged', payload: { room: members.room, members } })
  return {
    bridge,
    store,
    inputsOf: command => bridge.calls.filter(call => call.name === command).map(call => call.input),
  }
}

/** What the page is wider and taller than the window by, in pixels. */
export const overflow = (): { x: number; y: number } => ({
  x: document.documentElement.scrollWidth - innerWidth,
  y: document.documentElement.scrollHeight - innerHeight,
})
