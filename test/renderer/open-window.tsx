/** The whole window in a real browser, over a bridge whose other end is the test. */
import { expect } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { App } from '../../renderer/App.tsx'
import { createApi } from '../../shared/bridge/api.ts'
import { createStore, type Store } from '../../renderer/store/store.ts'
import '../../renderer/ui/base.css'
import type { RoomMembers } from '../../shared/contract/model.ts'
import { aSnapshot, windowBridge, type WindowBridge } from './window-bridge.ts'

interface OpenWindow extends Pick<WindowBridge, 'inputsOf'> {
  bridge: WindowBridge
  store: Store
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
  return { bridge, store, inputsOf: bridge.inputsOf }
}

/** Waits until the focus is in the menu or dialog that has come up; before, it hears no key. */
export const focusWithin = (role: 'menu' | 'dialog') =>
  expect.poll(() => document.activeElement?.closest(`[role=${role}]`)).not.toBeNull()

/** What the page is wider and taller than the window by, in pixels. */
export const overflow = (): { x: number; y: number } => ({
  x: document.documentElement.scrollWidth - innerWidth,
  y: document.documentElement.scrollHeight - innerHeight,
})
