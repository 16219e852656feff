/** Advertises the host in the local networks: its address and port, but no name of a person, a computer or a room. */
import { isEveryAddress, isLoopback } from './addresses.ts'
import type { Network } from './interfaces.ts'
import { MdnsSocket, type MdnsOptions } from './mdns-socket.ts'
import { announcement, asksFor, serviceType, type Announced } from './service-records.ts'
import type { HostLog } from '../ports/options.ts'
import { randomName } from './random-name.ts'

/** How the host can be found. */
export interface Advertised extends Omit<Announced, 'name'> {
  /** The one address that it listens on; null for every address of this computer in the local networks. */
  address: string | null
}

/** @returns how a host with this listener is advertised; null if only this computer reaches it. */
export const advertisedAt = (bind: string, port: number, fingerprint: string | null): Advertised | null =>
  isLoopback(bind) ? null : { address: isEveryAddress(bind) ? null : bind, port, fingerprint }

export interface Advertising {
  /**
   * Advertises this host from now on and says goodbye for the previous one; null advertises nothing. Resolves when the
   * goodbye is sent.
   */
  change(wanted: Advertised | null): Promise<void>
}

/**
 * The least time between two equal answers in one network, in milliseconds (RFC 6762, section 6): the bound under a
 * flood of questions.
 */
const leastInterval = 1_000
/**
 * Answers are delayed by a random time, so that many hosts do not answer at once (RFC 6762, section 6). Milliseconds.
 */
const delay = { least: 20, most: 120 }

/** Announces one host in all networks until it ends. */
class Announcer {
  readonly #host: Announced
  readonly #address: string | null
  readonly #socket: MdnsSocket
  /** When the host was last announced in a network, and the scheduled answer; by the interface's name. */
  readonly #said = new Map<string, number>()
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor({ address, ...host }: Advertised, name: string, log: HostLog, options: MdnsOptions) {
    this.#host = { ...host, name }
    this.#address = address
    this.#socket = new MdnsSocket(
      {
        heard: (packet, network) => {
          if (asksFor(packet, name)) this.#answer(network)
        },
        // Sent twice, because one may be lost (RFC 6762, section 8.3).
        joined: network => {
          this.#answer(network, () => this.#answer(network))
        },
        failed: error => log.error('not advertised', { detail: String(error) }),
      },
      options,
    )
  }

  /** Says goodbye for the host in every network, and closes the socket. */
  async end(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    await Promise.all(this.#socket.networks().map(network => this.#say(network, true)))
    this.#socket.close()
  }

  /** Schedules one answer; it serves all questions that arrive before it is sent. */
  #answer(network: Network, then?: () => void): void {
    if (this.#timers.has(network.name)) return
    const now = performance.now()
    const rest = (this.#said.get(network.name) ?? -Infinity) + leastInterval - now
    const wait = Math.max(rest, delay.least + Math.random() * (delay.most - delay.least))
    const timer = setTimeout(() => {
      this.#timers.delete(network.name)
      this.#said.set(network.name, performance.now())
      void this.#say(network)
      then?.()
    }, wait)
    this.#timers.set(network.name, timer)
    timer.unref()
  }

  #say(network: Network, gone = false): Promise<void> {
    if (this.#address !== null && this.#address !== network.address) return Promise.resolve()
    return this.#socket.send(network, announcement(this.#host, network.address, gone))
  }
}

const isSame = (a: Advertised | null, b: Advertised | null): boolean =>
  a?.address === b?.address && a?.port === b?.port && a?.fingerprint === b?.fingerprint

/** @param options restricts the networks, and sets another port than that of mDNS. */
export const createAdvertising = (log: HostLog, options: MdnsOptions = {}): Advertising => {
  let told: Advertised | null = null
  let announcer: Announcer | null = null
  let last: Promise<void> = Promise.resolve()

  const begin = (wanted: Advertised): Announcer => {
    const name = `${serviceType}-${randomName()}`
    log.info('advertising', { name, ...wanted })
    return new Announcer(wanted, name, log, options)
  }

  return {
    change: wanted => {
      if (isSame(wanted, told)) return last
      told = wanted
      last = last.then(async () => {
        await announcer?.end()
        announcer = wanted && begin(wanted)
      })
      return last
    },
  }
}
