/** All of the app that needs no window: settings, secrets, cache, messenger and the embedded host, opened in order. */
import { join } from 'node:path'
import type { AppEvent } from '../../shared/contract/api.ts'
import { toAppError } from '../../shared/contract/errors.ts'
import type { Settings } from '../../shared/contract/model.ts'
import { createMessenger, type Messenger } from '../../shared/core/commands/messenger.ts'
import type { Log } from '../../shared/core/ports.ts'
import { openAppState, type AppState } from '../files/app-state.ts'
import type { KeptCache } from '../cache/kept-cache.ts'
import { openCache } from '../cache/client.ts'
import { openCredentials, type Credentials, type Seal } from '../files/credentials.ts'
import { clock } from './clock.ts'
import { EmbeddedHost } from './embedded-host.ts'
import { given } from './given.ts'
import { createAdvertising } from '../host/network/advertise.ts'
import { openHostThread } from '../host/thread/thread.ts'
import { ids } from './ids.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { openSettings } from '../files/settings.ts'
import { applyRetention } from './retention.ts'
import type { ShutdownStep } from './shutdown.ts'
import { RecoveryNotice } from './recovery-notice.ts'
import { createNetworkDoctor, type NetworkDoctorOptions } from '../network/doctor/examine.ts'
import { createSocketFactory } from '../network/sockets.ts'
import { tokenSources } from '../network/token-sources.ts'
import { roomLists } from '../network/web-request.ts'
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
  /** As {@link NetworkDoctorOptions.proxyOf}; none by default. */
  proxyOf?: NonNullable<NetworkDoctorOptions['proxyOf']>
}

type Listener = (events: readonly AppEvent[]) => void

export interface Engine {
  settings: JsonDocument<Settings>
  appState: JsonDocument<AppState>
  secretsEncrypted: boolean
  messenger: Messenger
  cache: KeptCache
  host: EmbeddedHost
  recovery: RecoveryNotice
  /** Listens to what happens, all that happens at once in one call. */
  onEvents: (listener: Listener) => void
  /** Calls `tell` when the cache was recovered and the messenger has read it again: windows need a new snapshot. */
  onOutdated: (tell: () => void) => void
  /** What closes it, in the order that loses nothing. */
  shutdown: ShutdownStep[]
}

interface HostParts {
  settings: JsonDocument<Settings>
  appState: JsonDocument<AppState>
  credentials: Credentials
  messenger: Messenger
  emit: Listener
}

/** The host in the box, which is off. */
const createHost = (
  { folder, workers, texts, log, version }: EngineOptions,
  { settings, appState, credentials, messenger, emit }: HostParts,
): EmbeddedHost =>
  new EmbeddedHost({
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

/** @throws Failure of the cache: `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full`, `cache-failed`. */
export const openEngine = async (options: EngineOptions): Promise<Engine> => {
  const { folder, workers, texts, log } = options
  const settings = await openSettings(folder, log)
  texts.follow(settings.current())
  const appState = await openAppState(folder, log)
  const credentials = await openCredentials(folder, options.seal, log)
  const listeners = new Set<Listener>()
  const emit: Listener = events => listeners.forEach(listener => listener(events))
  const outdated = new Set<() => void>()
  const recovery = new RecoveryNotice(appState, payload => emit([{ name: 'recoveryChanged', payload }]), log)
  const { cache, recovery: recovered } = await openCache({
    file: join(folder, 'cache.db'),
    worker: workers.cache,
    onRecovered: found => {
      recovery.show(found)
      reading = reading.then(messenger.reload).then(() => outdated.forEach(tell => tell()))
      reading.catch((thrown: unknown) => log.error('reload-failed', { ...toAppError(thrown) }))
    },
  })
  if (recovered) recovery.show(recovered)
  const sockets = createSocketFactory(log)
  const networkDoctor = createNetworkDoctor(given({ proxyOf: options.proxyOf }))
  const messenger = createMessenger({
    cache,
    sockets,
    clock,
    ids,
    secrets: credentials,
    log,
    tokenSources,
    roomLists,
    networkDoctor,
  })
  /** Done when the messenger has read the cache, for the first time or again. */
  let reading = messenger.start()
  try {
    await reading
  } catch (thrown) {
    await cache.close()
    throw thrown
  }

  const host = createHost(options, { settings, appState, credentials, messenger, emit })
  settings.onChange(changed => {
    texts.follow(changed)
    emit([{ name: 'settingsChanged', payload: changed }])
  })
  const endRetention = applyRetention({
    settings,
    cache,
    clock,
    onRemoved: () => outdated.forEach(tell => tell()),
    log,
  })
  return {
    settings,
    appState,
    secretsEncrypted: credentials.encrypted,
    messenger,
    cache,
    host,
    recovery,
    onOutdated: tell => void outdated.add(tell),
    onEvents: listener => {
      listeners.add(listener)
      messenger.onEvents(listener)
    },
    shutdown: [
      { name: 'retention', run: () => Promise.resolve().then(endRetention) },
      // Its own sessions say goodbye before the host that they may be connected to goes.
      { name: 'messenger', run: () => messenger.stop() },
      { name: 'host', run: () => host.shutDown() },
      { name: 'cache', run: () => cache.close() },
    ],
  }
}
