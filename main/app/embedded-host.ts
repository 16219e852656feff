/** The chat host that the app runs itself: on demand, and with the app where it was on. */
import { isDeepStrictEqual } from 'node:util'
import { Failure, toAppError, type AppError } from '../../shared/contract/errors.ts'
import type { HostMeasure } from '../../shared/contract/host-measure.ts'
import type { HostSettings, HostState, ServerId, Settings } from '../../shared/contract/model.ts'
import type { OwnHost } from '../../shared/core/servers/own-host.ts'
import type { Log, Secrets } from '../../shared/core/ports.ts'
import type { AppState } from '../files/app-state.ts'
import { interfaceOf, isOwnUrl, lanAddresses, ownUrl, reachableUrls } from '../host/network/addresses.ts'
import { advertisedAt, type Advertised, type Advertising } from '../host/network/advertise.ts'
import { outwardAddress } from '../host/network/interfaces.ts'
import type { HostOptions, RunningHost } from '../host/ports/options.ts'
import { makePasscode } from '../host/admission/passcode.ts'
import type { JsonDocument } from '../files/json-document.ts'
import { defaultSettings } from '../files/settings.ts'

/** What may be changed; the address that others are given is kept as its network. */
type HostChange = Partial<Omit<HostSettings, 'network'> & { address: string | null }>

export interface EmbeddedHostPorts {
  /** Starts the host. `failed` is called should it end by itself. @throws Failure such as `port-in-use`. */
  open(
    options: Pick<HostOptions, 'bind' | 'port' | 'passcode' | 'name' | 'tls' | 'allowedHosts' | 'limits'>,
    failed: (error: AppError) => void,
  ): Promise<RunningHost>
  /** The messenger's connection to its own host, like that of everybody else. */
  attach(server: { name: string; url: string; passcode: string | null; host: OwnHost }): Promise<ServerId>
  detach(): Promise<void>
  advertising: Advertising
  settings: JsonDocument<Settings>
  appState: JsonDocument<AppState>
  secrets: Secrets
  /** @returns what a host is called that nobody has given a name. */
  usualName(): string
  changed(state: HostState): void
  measured: (measure: HostMeasure) => void
  log: Log
}

export interface EmbeddedHost {
  state: () => HostState
  /** Starts the host, or restarts it. @throws Failure why it can't; the state is then `failed`. */
  start(): Promise<HostState>
  stop(): Promise<void>
  /**
   * Keeps these settings. A host that is on, or could not start, restarts if one of its start settings changes.
   * @throws Failure as {@link EmbeddedHost.start}; the settings are kept all the same.
   */
  update(change: HostChange): Promise<HostState>
  /** Null makes a new random one. */
  setPasscode(passcode: string | null): Promise<void>
  /** Begins or ends to tell its measure once a second while it is on. */
  measure: (on: boolean) => void
  /** Starts it where it was on when the app ended; a failure is told by the state. */
  resume(): Promise<void>
  /** The addresses of this computer may have changed. */
  refresh(): void
  /** Ends it with the app; it comes on with the app again. */
  shutDown(): Promise<void>
}

const passcodeKey = 'passcode:own-host'
/** What it is started with; the other settings take effect while it runs. */
const startSettings = ['name', 'port', 'reach', 'names', 'perAddress'] as const
/** Where others come in, TLS is the only way. */
const tlsOf = ({ reach }: Pick<HostSettings, 'reach'>): HostOptions['tls'] =>
  reach === 'lan' ? 'own' : undefined
const bindOf = ({ reach }: Pick<HostSettings, 'reach'>): string => (reach === 'lan' ? '0.0.0.0' : '127.0.0.1')

/** @returns what the messenger is told of the host that runs here. */
export const ownHostOf = (running: RunningHost): OwnHost => ({
  introduce: runner => running.introduce(runner),
  isAt: ({ url, fingerprint }) =>
    fingerprint === null ? isOwnUrl(url, running.port) : fingerprint === running.fingerprint,
})

export const createEmbeddedHost = (ports: EmbeddedHostPorts): EmbeddedHost => {
  const { settings, appState, secrets, log } = ports
  let running: RunningHost | null = null
  let state: HostState = { phase: 'off' }
  let last: Promise<unknown> = Promise.resolve()
  let measuring = false
  let stopMeasuring: (() => void) | undefined

  /** One thing after the other: a start waits until the stop before it is through. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  const urlsOf = async (reach: HostSettings['reach'], port: number): Promise<string[]> => {
    const { network } = settings.current().host
    const addresses = lanAddresses(undefined, { network, outward: await outwardAddress() })
    return reachableUrls(bindOf({ reach }), port, addresses, tlsOf({ reach }) !== undefined)
  }
  const advertised = (): Advertised | null => {
    if (state.phase !== 'on' || state.reach !== 'lan' || !settings.current().host.advertise) return null
    return advertisedAt(bindOf(state), state.port, state.fingerprint)
  }
  const become = (next: HostState): void => {
    state = next
    ports.changed(next)
    void ports.advertising.change(advertised())
  }
  const becomeOn = (change: Partial<Extract<HostState, { phase: 'on' }>>): void => {
    if (state.phase === 'on') become({ ...state, ...change })
  }

  const measure = (): void => {
    stopMeasuring?.()
    stopMeasuring = measuring ? running?.onMeasured(ports.measured) : undefined
  }

  const end = async (): Promise<void> => {
    const ending = running
    running = null
    measure()
    await ending?.stop()
  }
  const fail = async (error: AppError): Promise<void> => {
    log.error('host-failed', { ...error })
    become({ phase: 'failed', error })
    await end()
    await ports.detach()
  }

  const passcodeFor = async ({ reach }: HostSettings): Promise<string | null> => {
    const kept = await secrets.get(passcodeKey)
    if (kept !== null || reach === 'loopback') return kept
    const made = makePasscode()
    await secrets.set(passcodeKey, made)
    return made
  }

  const open = async (host: HostSettings): Promise<void> => {
    const bind = bindOf(host)
    const passcode = await passcodeFor(host)
    const opened: RunningHost = await ports.open(
      {
        bind,
        port: host.port,
        passcode,
        name: host.name,
        tls: tlsOf(host),
        allowedHosts: host.names,
        limits: { connectionsPerAddress: host.perAddress },
      },
      error => {
        if (running === opened) void inTurn(() => fail(error))
      },
    )
    running = opened
    const { port } = opened
    // Invitations name the port, so a port that the system chose once is kept.
    if (host.port === 0) await settings.update(({ host }) => ({ host: { ...host, port } }))
    const serverId = await ports.attach({
      name: host.name,
      url: ownUrl(bind, port),
      passcode,
      host: ownHostOf(opened),
    })
    const urls = await urlsOf(host.reach, port)
    become({
      phase: 'on',
      serverId,
      since: Date.now(),
      port,
      reach: host.reach,
      urls,
      fingerprint: opened.fingerprint,
      passcode,
      people: opened.people(),
    })
    measure()
    opened.onPeopleChanged(people => {
      if (running === opened) becomeOn({ people })
    })
  }

  const start = async (): Promise<HostState> => {
    const { host } = await settings.update(({ host }) => ({
      host: host.name === defaultSettings.host.name ? { ...host, name: ports.usualName() } : host,
    }))
    await appState.update({ hostOn: true })
    become({ phase: 'starting' })
    try {
      await end()
      await open(host)
      return state
    } catch (thrown) {
      const error = toAppError(thrown)
      await fail(error)
      throw new Failure(error.code, error.params, error.detail)
    }
  }

  const refresh = async (): Promise<void> => {
    if (state.phase !== 'on') return
    const urls = await urlsOf(state.reach, state.port)
    if (urls.join() !== state.urls.join()) becomeOn({ urls })
  }

  return {
    state: () => state,
    start: () => inTurn(start),
    stop: () =>
      inTurn(async () => {
        await appState.update({ hostOn: false })
        await end()
        await ports.detach()
        become({ phase: 'off' })
      }),
    update: ({ address, ...change }) =>
      inTurn(async () => {
        const before = settings.current().host
        const network = address === undefined ? before.network : address && interfaceOf(address)
        const { host } = await settings.update({ host: { ...before, ...change, network } })
        const isWanted = state.phase === 'on' || state.phase === 'failed'
        if (isWanted && startSettings.some(key => !isDeepStrictEqual(host[key], before[key]))) return start()
        await refresh()
        await ports.advertising.change(advertised())
        return state
      }),
    setPasscode: given =>
      inTurn(async () => {
        const passcode = given ?? makePasscode()
        await secrets.set(passcodeKey, passcode)
        if (!running || state.phase !== 'on') return
        await running.setPasscode(passcode)
        const { name } = settings.current().host
        await ports.attach({
          name,
          url: ownUrl(bindOf(state), state.port),
          passcode,
          host: ownHostOf(running),
        })
        becomeOn({ passcode })
      }),
    measure: on => {
      measuring = on
      measure()
    },
    resume: () =>
      inTurn(async () => {
        if (appState.current().hostOn) await start().catch(() => undefined)
      }),
    refresh: () => void inTurn(refresh),
    shutDown: () =>
      inTurn(async () => {
        await ports.advertising.change(null)
        await end()
      }),
  }
}
