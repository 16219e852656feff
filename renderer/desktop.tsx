/** The window of the desktop app: takes the bridge that the preload offers, and renders what is behind it. */
import { createRoot } from 'react-dom/client'
import type { Bridge } from '../shared/bridge/bridge.ts'
import { toAppError } from '../shared/contract/errors.ts'
import { createTranslator, languageOf } from '../shared/i18n/index.ts'
import { App } from './App.tsx'
import { createApi } from '../shared/bridge/api.ts'
import { rememberRoom } from './store/remember-room.ts'
import { WindowFailure } from './shell/WindowFailure.tsx'
import { createStore } from './store/store.ts'
import './ui/base.css'

declare global {
  interface Window {
    messenger: Bridge
  }
}

const page = document.getElementById('root')
if (!page) throw new Error('index.html has no #root')
let failed = false
/** Says what happened, because an empty window would not; once, should even that fail. */
const fail = (thrown: unknown): void => {
  if (failed) return
  failed = true
  const translator = createTranslator(languageOf(navigator.language))
  root.render(<WindowFailure translator={translator} error={toAppError(thrown)} />)
}
const root = createRoot(page, { onUncaughtError: fail })

const api = createApi(window.messenger)
try {
  const store = await api.start(snapshot => createStore(api, snapshot))
  rememberRoom(store, localStorage)
  root.render(<App messenger={{ api, store }} />)
} catch (thrown) {
  fail(thrown)
}
// Two frames: the first is on its way to the screen when the second begins.
requestAnimationFrame(() => requestAnimationFrame(() => (document.documentElement.dataset.ready = '')))
