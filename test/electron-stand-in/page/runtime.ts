/**
 * Runs in every document before its own scripts: gives the preload its `electron`, and the page nothing but what `contextBridge`
 * exposes. It is sent by its source text, so it may use nothing from outside its own body.
 */
import type { Codec } from './codec.ts'
import type { FromPage, ToPage } from './messages.ts'

export interface PageRuntimeOptions {
  codec: Codec
  /** Global function that hands a text to main. */
  binding: string
  /** Global symbol under which main finds the function that takes a text. */
  inbox: string
  process: { platform: string; arch: string; versions: Record<string, string | undefined> }
  /** The preload's source as the body of a CommonJS module. */
  preload: (
    require: (id: string) => unknown,
    module: { exports: object },
    exports: object,
    process: object,
  ) => void
}

export const runInPage = ({ codec, binding, inbox, process, preload }: PageRuntimeOptions): void => {
  if (window !== window.top || location.protocol === 'about:') return
  const toMain = Reflect.get(globalThis, binding) as (text: string) => void
  Reflect.deleteProperty(globalThis, binding)
  const post = (message: FromPage): void => toMain(codec.encode(message))

  type Listener = (event: object, ...args: unknown[]) => void
  const listeners = new Map<string, Listener[]>()
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0

  const receive = (message: ToPage): void => {
    if (message.kind === 'send') {
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        try {
          listener({ sender: ipcRenderer, ports: [] }, ...message.args)
        } catch (error) {
          reportError(error)
        }
      }
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.kind === 'answer') call?.resolve(message.value)
    else call?.reject(new Error(message.message))
  }
  Object.defineProperty(globalThis, Symbol.for(inbox), {
    value: (text: string) => receive(codec.decode(text) as ToPage),
  })

  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return this
    },
    off(channel: string, listener: Listener) {
      const kept = listeners.get(channel) ?? []
      listeners.set(channel, kept.toSpliced(kept.lastIndexOf(listener), kept.includes(listener) ? 1 : 0))
      return this
    },
    removeListener(channel: string, listener: Listener) {
      return this.off(channel, listener)
    },
    send: (channel: string, ...args: unknown[]): void => post({ kind: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> => {
      const id = ++lastId
      const call = Promise.withResolvers<unknown>()
      post({ kind: 'invoke', id, channel, args })
      waiting.set(id, call)
      return call.promise
    },
  }

  /** What crosses the bridge is copied; functions become proxies that copy their arguments and results; prototypes are lost. */
  const cross = (value: unknown): unknown => {
    if (typeof value === 'symbol') throw new TypeError('Unsupported type on the contextBridge')
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        try {
          return cross(Reflect.apply(value, undefined, args.map(cross)))
        } catch (error) {
          throw cross(error)
        }
      }
    }
    if (value === null || typeof value !== 'object') return value
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => {
        throw cross(error)
      })
    }
    if (value instanceof Error) return Object.assign(new Error(value.message), { stack: value.stack })
    if (Array.isArray(value)) return value.map(cross)
    if (Object.prototype.toString.call(value) !== '[object Object]') return structuredClone(value)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cross(inner)]))
  }
  const freeze = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
    Object.values(value).forEach(freeze)
    return Object.freeze(value)
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      if (Object.hasOwn(window, key)) {
        throw new Error('Cannot bind an API on top of an existing property on the window object')
      }
      const property = { value: freeze(cross(api)), enumerable: true, configurable: false, writable: false }
      Object.defineProperty(window, key, property)
    },
  }

  // Electron asks the app before there is a window. Chromium would make one first, and closing it again can hang what opened it.
  window.open = (url = '', frameName = '') => {
    post({ kind: 'window-open', url: new URL(url, location.href).href, frameName })
    return null
  }
  addEventListener('focus', () => post({ kind: 'focus', focused: true }))
  addEventListener('blur', () => post({ kind: 'focus', focused: false }))

  /** The one module that the stand-in gives a sandboxed preload. */
  const require = (id: string): object => {
    if (id === 'electron' || id === 'electron/renderer') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${id}`)
  }
  const module = { exports: {} }
  const sandboxed = { ...process, env: {}, type: 'renderer', sandboxed: true, contextIsolated: true }
  try {
    preload(require, module, module.exports, sandboxed)
  } catch (error) {
    post({
      kind: 'preload-error',
      stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    throw error
  }
}
