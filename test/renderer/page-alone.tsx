/** A page in a browser: the window over the messenger itself, in the same page, without any desktop around it. */
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { App } from '../../renderer/App.tsx'
import { createStore, type Store } from '../../renderer/store/store.ts'
import '../../renderer/ui/base.css'
import { createApi } from '../../shared/bridge/api.ts'
import type { Bridge } from '../../shared/bridge/bridge.ts'
import { ServedWindow } from '../../shared/bridge/served-window.ts'
import type { EventBatch } from '../../shared/contract/api.ts'
import type { Result } from '../../shared/contract/errors.ts'
import { messageId } from '../shared/contract/examples.ts'
import { createMessenger } from '../../shared/core/commands/messenger.ts'
import type { Clock, MessageCache, Socket } from '../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from '../shared/core/memory-cache.ts'

const clock: Clock = {
  now: () => Date.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
}

/** A socket of a network that leads nowhere. */
const deadSocket = (url: string): Socket => {
  const socket: Socket = {
    url,
    readyState: 3,
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    failure: { code: 'server-unreachable' },
    send: () => undefined,
    close: () => undefined,
    terminate: () => undefined,
  }
  setTimeout(() => socket.onclose?.())
  return socket
}

interface PageAlone {
  store: Store
  cache: MessageCache
  /** Commands that the page has asked for and there are none of. */
  unknown: string[]
}

/** Opens the page on what `fill` puts into its cache. */
export const openPageAlone = async (fill: (cache: MessageCache) => Promise<void>): Promise<PageAlone> => {
  await page.viewport(1280, 800)
  const cache = memoryCache(emptyDisk())
  await fill(cache)
  let id = 0
  const ignore = (): void => undefined
  const messenger = createMessenger({
    cache,
    clock,
    sockets: { open: deadSocket },
    ids: { next: () => messageId(`own${++id}`), secret: () => `secret${++id}`, random: () => 0.5 },
    secrets: { get: () => Promise.resolve(null), set: () => Promise.resolve() },
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  })
  await messenger.start()
  const unknown: string[] = []
  const listeners = new Set<(batch: EventBatch) => void>()
  const served = new ServedWindow({
    messenger,
    desktop: null,
    send: batch => listeners.forEach(listener => listener(structuredClone(batch))),
    after: clock.after,
    log: { warn: ignore },
  })
  messenger.onEvents(served.emit)
  const bridge: Bridge = {
    command: async (name, input): Promise<Result<unknown>> => {
      const result = structuredClone(await served.call(structuredClone({ name, input })))
      if (!result.ok && result.error.code === 'command-unknown') unknown.push(name)
      return result
    },
    onEvents: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const api = createApi(bridge)
  const store = await api.start(first => createStore(api, first))
  await render(<App messenger={{ api, store }} />)
  return { store, cache, unknown }
}
