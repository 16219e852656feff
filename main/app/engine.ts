/** All of the app that needs no window: settings, secrets, cache, messenger and the embedded host, opened in order. */
import { join } from 'node:path'
import type { AppEvent } from '../../shared/contract/api.ts'
import type { Settings } from '../../shared/contract/model.ts'
import { createMessenger, type Messenger } from '../../shared/core/commands/messenger.ts'
import type { Log } from '../../shared/core/ports.ts'
import { openAppState, type AppState } from '../files/app-state.ts'
import { openCache } from '../cache/client.ts'
import { openCredentials, type Seal } from '../files/credentials.ts'
import { clock } from './clock.ts'
import { EmbeddedHost } from './embedded-host.ts'
import { createAdvertising } from '../host/network/advertise.ts'
import { openHostThread } from '../host/thread/thread.ts'
import { ids } from './ids.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { openSettings } from '../files/settings.ts'
import type { ShutdownStep } from './shutdown.ts'
import { createSocketFactory } from '../network/sockets.ts'
import type { Texts } from '../desktop/texts.ts'

export interface EngineOptions {
  /** Where the installation keeps everything. */
  folder: string
  /** Entries of the threads. */
  workers: { cache: URL; host: URL; hostLog: URL }
  seal: Seal
  texts: Texts
  log: Log
  /** Version of Stompbox. */
  version: string
}

type Listener = (events: readonly AppEvent[]) => void

export interface Engine {
  settings: JsonDocument<Settings>
  appState: JsonDocument<AppState>
  secretsEncrypted: boolean
  messenger: Messenger
  host: EmbeddedHost
  /** Listens to what happens, all that happens at once in one call. */
  onEvents: (listener: Listener) => void
  /** What closes it, in the order that loses nothing. */
  shutdown: ShutdownStep[]
}

/** @throws Failure of the cache: `cache-corrupt`, `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full`, `cache-failed`. */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const { folder, workers, texts, log, version } = options
  const settings = await openSettings(folder, log)
  texts.follow(settings.current())
  const appState = await openAppState(folder, log)
  const credentials = await openCredentials(folder, options.seal, log)
  const cache = await openCache({ file: join(folder, 'cache.db'), worker: workers.cache })
  const sockets = createSocketFactory(log)
  const messenger = createMessenger({ cache, sockets, clock, ids, secrets: credentials, log })
  try {
    await messenger.start()
  } catch (thrown) {
    await cache.close()
    throw thrown
  }

  const listeners = new Set<Listener>()
  const emit: Listener = events => listeners.forEach(listener => listener(events))
  const host = new EmbeddedHost({
    open: (own, onFailed) =>
      openHostThread(
        {
          ...own,
          version,
          dataDir: join(folder, 'host'),
          logWorker: workers.hostLog.href,
          firstRoom: texts.t('firstRoom'),
          log,
        },
        { worker: workers.host, onFailed },
      ),
    advertising: createAdvertising(log),
    attach: messenger.attachOwnHost,
    detach: messenger.detachOwnHost,
    settings,
    appState,
    secrets: credentials,
    usualName: () => {
      const person = messenger.person()
      return person ? texts.t('hostName', { name: person.name }) : settings.current().host.name
    },
    changed: state => emit([{ name: 'hostChanged', payload: state }]),
    measured: payload => emit([{ name: 'hostMeasured', payload }]),
    log,
  })
  settings.onChange(changed => {
    texts.follow(changed)
    emit([{ name: 'settingsChanged', payload: changed }])
  })
  return {
    settings,
    appState,
    secretsEncrypted: credentials.encrypted,
    messenger,
    host,
    onEvents: listener => {
      listeners.add(listener)
      messenger.onEvents(listener)
    },
    shutdown: [
      // Its own sessions say goodbye before the host that they may be connected to goes.
      { name: 'messenger', run: () => messenger.stop() },
      { name: 'host', run: () => host.shutDown() },
      { name: 'cache', run: () => cache.close() },
    ],
  }
}
