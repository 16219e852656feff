/** Tells the networks around that a host is here: its address and port, and no name of a person, a computer or a room. */
import { isEveryAddress, isLoopback } from './addresses.ts'
import type { Network } from './interfaces.ts'
import { MdnsSocket, type MdnsOptions } from './mdns-socket.ts'
import { announcement, asksFor, serviceType, type Announced } from './service-records.ts'
import type { HostLog } from '../ports/options.ts'
import { randomName } from './random-name.ts'

/** How a host is to be found. */
export interface Advertised extends Omit<Announced, 'name'> {
  /** The one address at which it listens; null for each address that this computer has in the networks around. */
  address: string | null
}

/** @returns how a host that listens there is advertised; null where nobody else reaches it. */
export const advertisedAt = (bind: string, port: number, fingerprint: string | null): Advertised | null =>
  isLoopback(bind) ? null : { address: isEveryAddress(bind) ? null : bind, port, fingerprint }

export interface Advertising {
  /** Tells this from now on and takes back what was told before; null tells nothing. Resolves when goodbye is said. */
  change(wanted: Advertised | null): Promise<void>
}

/** Milliseconds for which nothing is said twice in one network (RFC 6762, section 6): the bound for answers to a flood of questions. */
const leastInterval = 1_000
/** Milliseconds by which an answer waits, so that many hosts do not speak at once (RFC 6762, section 6). */
const delay = { least: 20, most: 120 }

/** Announces one host in every network until it ends. */
class Announcer {
  readonly #host: Announced
  readonly #address: string | null
  readonly #socket: MdnsSocket
  /** When the host was last announced in a network, and what is scheduled there; by the interface's name. */
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
        // Twice, for one may be lost (RFC 6762, section 8.3).
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

/** @param options where it is not to speak in all networks, and at the port of mDNS. */
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
