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
import { Turns } from '../host/limits/turns.ts'
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
  usualName: () => string
  changed(state: HostState): void
  measured: (measure: HostMeasure) => void
  log: Log
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

/** Calls are carried out one after the other: a start waits for the stop before it. */
export class EmbeddedHost {
  readonly #ports: EmbeddedHostPorts
  #running: RunningHost | null = null
  #state: HostState = { phase: 'off' }
  readonly #turns = new Turns()
  #measuring = false
  #stopMeasuring: (() => void) | undefined

  constructor(ports: EmbeddedHostPorts) {
    this.#ports = ports
  }

  get state(): HostState {
    return this.#state
  }

  /** Starts the host, or restarts it. @throws Failure why it can't; the state is then `failed`. */
  start(): Promise<HostState> {
    return this.#turns.take(() => this.#start())
  }

  stop(): Promise<void> {
    return this.#turns.take(async () => {
      await this.#ports.appState.update({ hostOn: false })
      await this.#end()
      await this.#ports.detach()
      this.#become({ phase: 'off' })
    })
  }

  /**
   * Keeps these settings. A host that is on, or could not start, restarts if one of its start settings changes.
   * @throws Failure as {@link EmbeddedHost.start}; the settings are kept all the same.
   */
  update({ address, ...change }: HostChange): Promise<HostState> {
    const { settings, advertising } = this.#ports
    return this.#turns.take(async () => {
      const before = settings.current().host
      const network = address === undefined ? before.network : address && interfaceOf(address)
      const { host } = await settings.update({ host: { ...before, ...change, network } })
      const isWanted = this.#state.phase === 'on' || this.#state.phase === 'failed'
      if (isWanted && startSettings.some(key => !isDeepStrictEqual(host[key], before[key])))
        return this.#start()
      await this.#refresh()
      await advertising.change(this.#advertised())
      return this.#state
    })
  }

  /** Null makes a new random one. */
  setPasscode(given: string | null): Promise<void> {
    return this.#turns.take(async () => {
      const passcode = given ?? makePasscode()
      await this.#ports.secrets.set(passcodeKey, passcode)
      if (!this.#running || this.#state.phase !== 'on') return
      await this.#running.setPasscode(passcode)
      await this.#attach(this.#running, this.#state, passcode)
      this.#becomeOn({ passcode })
    })
  }

  /** Begins or ends to tell its measure once a second while it is on. */
  measure(on: boolean): void {
    this.#measuring = on
    this.#measure()
  }

  /** Starts it where it was on when the app ended; a failure is told by the state. */
  resume(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#ports.appState.current().hostOn) await this.#start().catch(() => undefined)
    })
  }

  /** The addresses of this computer may have changed. */
  refresh(): void {
    void this.#turns.take(() => this.#refresh())
  }

  /** Ends it with the app; it comes on with the app again. */
  shutDown(): Promise<void> {
    return this.#turns.take(async () => {
      await this.#ports.advertising.change(null)
      await this.#end()
    })
  }

  async #start(): Promise<HostState> {
    const { settings, appState, usualName } = this.#ports
    const { host } = await settings.update(({ host }) => ({
      host: host.name === defaultSettings.host.name ? { ...host, name: usualName() } : host,
    }))
    await appState.update({ hostOn: true })
    this.#become({ phase: 'starting' })
    try {
      await this.#end()
      await this.#open(host)
      return this.#state
    } catch (thrown) {
      const error = toAppError(thrown)
      await this.#fail(error)
      throw new Failure(error.code, error.params, error.detail)
    }
  }

  async #open(host: HostSettings): Promise<void> {
    const { settings } = this.#ports
    const passcode = await this.#passcodeFor(host)
    const opened = await this.#openWith(host, passcode)
    this.#running = opened
    const { port, fingerprint } = opened
    // Invitations name the port, so a port that the system chose once is kept.
    if (host.port === 0) await settings.update(({ host }) => ({ host: { ...host, port } }))
    const { reach } = host
    const serverId = await this.#attach(opened, { reach, port }, passcode)
    const urls = await this.#urlsOf(reach, port)
    this.#become({
      phase: 'on',
      serverId,
      since: Date.now(),
      port,
      reach,
      urls,
      fingerprint,
      passcode,
      people: opened.people(),
    })
    this.#measure()
    opened.onPeopleChanged(people => {
      if (this.#running === opened) this.#becomeOn({ people })
    })
  }

  async #openWith(host: HostSettings, passcode: string | null): Promise<RunningHost> {
    const opened: RunningHost = await this.#ports.open(
      {
        bind: bindOf(host),
        port: host.port,
        passcode,
        name: host.name,
        tls: tlsOf(host),
        allowedHosts: host.names,
        limits: { connectionsPerAddress: host.perAddress },
      },
      error => {
        if (this.#running === opened) void this.#turns.take(() => this.#fail(error))
      },
    )
    return opened
  }

  #attach(
    running: RunningHost,
    { reach, port }: Pick<HostSettings, 'reach' | 'port'>,
    passcode: string | null,
  ): Promise<ServerId> {
    const { name } = this.#ports.settings.current().host
    const url = ownUrl(bindOf({ reach }), port)
    return this.#ports.attach({ name, url, passcode, host: ownHostOf(running) })
  }

  async #end(): Promise<void> {
    const ending = this.#running
    this.#running = null
    this.#measure()
    await ending?.stop()
  }

  async #fail(error: AppError): Promise<void> {
    this.#ports.log.error('host-failed', { ...error })
    this.#become({ phase: 'failed', error })
    await this.#end()
    await this.#ports.detach()
  }

  async #refresh(): Promise<void> {
    if (this.#state.phase !== 'on') return
    const urls = await this.#urlsOf(this.#state.reach, this.#state.port)
    if (urls.join() !== this.#state.urls.join()) this.#becomeOn({ urls })
  }

  #become(next: HostState): void {
    this.#state = next
    this.#ports.changed(next)
    void this.#ports.advertising.change(this.#advertised())
  }

  #becomeOn(change: Partial<Extract<HostState, { phase: 'on' }>>): void {
    if (this.#state.phase === 'on') this.#become({ ...this.#state, ...change })
  }

  #measure(): void {
    this.#stopMeasuring?.()
    this.#stopMeasuring = this.#measuring ? this.#running?.onMeasured(this.#ports.measured) : undefined
  }

  async #urlsOf(reach: HostSettings['reach'], port: number): Promise<string[]> {
    const { network } = this.#ports.settings.current().host
    const addresses = lanAddresses(undefined, { network, outward: await outwardAddress() })
    return reachableUrls(bindOf({ reach }), port, addresses, tlsOf({ reach }) !== undefined)
  }

  #advertised(): Advertised | null {
    const state = this.#state
    const { advertise } = this.#ports.settings.current().host
    if (state.phase !== 'on' || state.reach !== 'lan' || !advertise) return null
    return advertisedAt(bindOf(state), state.port, state.fingerprint)
  }

  async #passcodeFor({ reach }: HostSettings): Promise<string | null> {
    const { secrets } = this.#ports
    const kept = await secrets.get(passcodeKey)
    if (kept !== null || reach === 'loopback') return kept
    const made = makePasscode()
    await secrets.set(passcodeKey, made)
    return made
  }
}
