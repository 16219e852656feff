/** Finds the hosts that are advertised in the local networks. */
import { networkInterfaces } from 'node:os'
import type { NearbyServer } from '../../../shared/contract/model.ts'
import { stompUrl } from './addresses.ts'
import { MdnsSocket, type MdnsOptions } from './mdns-socket.ts'
import { question, readHosts, type Heard } from './service-records.ts'

/** Milliseconds between two questions. */
const interval = 3_000
/** How long an address stays without an answer: five questions. Milliseconds. */
const unanswered = 5 * interval
/** The most hosts. A real network has fewer; a malicious peer could announce any number. */
const most = 50
/** The most addresses of one host. */
const mostAddresses = 8

interface Found {
  host: Heard
  /** When each address expires, by the clock of `performance`; in the order in which they were received. */
  addresses: Map<string, number>
}

export interface BrowseOptions extends MdnsOptions {
  /** Called on every possible change with all hosts, ordered by name, and the number of networks that are browsed. */
  changed: (servers: NearbyServer[], networks: number) => void
  failed: (error: unknown) => void
  /** @returns the port of the host on this computer, which is left out; null if there is none. */
  ownPort: () => number | null
}

const ownAddresses = (): Set<string> =>
  new Set(Object.values(networkInterfaces()).flatMap(infos => infos?.map(({ address }) => address) ?? []))

/** The hosts whose announcements are still valid. */
class FoundHosts {
  readonly #found = new Map<string, Found>()

  take(host: Heard): void {
    const known = this.#found.get(host.name)
    if (host.ttl === 0) this.#found.delete(host.name)
    else if (known || this.#found.size < most) {
      const { port, tls, fingerprint } = known?.host ?? host
      const isSame = port === host.port && tls === host.tls && fingerprint === host.fingerprint
      const addresses = known && isSame ? known.addresses : new Map<string, number>()
      const until = performance.now() + Math.min(host.ttl * 1_000, unanswered)
      for (const address of host.addresses.slice(0, mostAddresses))
        if (addresses.has(address) || addresses.size < mostAddresses) addresses.set(address, until)
      this.#found.set(host.name, { host, addresses })
    }
  }

  forgetOld(): void {
    const now = performance.now()
    for (const [name, { addresses }] of this.#found) {
      for (const [address, until] of addresses) if (until < now) addresses.delete(address)
      if (addresses.size === 0) this.#found.delete(name)
    }
  }

  /** @param ownPort as {@link BrowseOptions.ownPort}. */
  list(ownPort: number | null): NearbyServer[] {
    const own = ownPort === null ? null : ownAddresses()
    return [...this.#found.values()]
      .flatMap(({ host: { name, port, tls, fingerprint }, addresses }) => {
        const [address] = addresses.keys()
        if (address === undefined || (port === ownPort && own?.has(address))) return []
        return [{ name, url: stompUrl(address, port, tls), fingerprint }]
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}

/** Starts browsing. @returns a function that stops it. */
export const browse = ({ changed, failed, ownPort, ...options }: BrowseOptions): (() => void) => {
  const found = new FoundHosts()
  const socket = new MdnsSocket(
    {
      heard: packet => {
        const hosts = readHosts(packet)
        for (const host of hosts) found.take(host)
        if (hosts.length > 0) tell()
      },
      joined: network => {
        void socket.send(network, question())
        tell()
      },
      failed: error => {
        failed(error)
        tell()
      },
    },
    options,
  )
  const tell = (): void => changed(found.list(ownPort()), socket.networks().length)
  const timer = setInterval(() => {
    found.forgetOld()
    tell()
    for (const network of socket.networks()) void socket.send(network, question())
  }, interval)
  timer.unref()
  return () => {
    clearInterval(timer)
    socket.close()
  }
}
