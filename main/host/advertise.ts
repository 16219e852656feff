/** Tells the network that a host is here: its address and port, and no name of a person, a computer or a room. */
import { lanAddresses } from './addresses.ts'
import { closeMdns, openMdns, serviceType, type MdnsOptions } from './mdns.ts'
import type { HostLog } from './options.ts'
import { randomName } from './random-name.ts'

/** Under which address a host is to be found. */
export interface Advertised {
  address: string
  port: number
  /** SHA-256 of the certificate with which it speaks TLS; null where it speaks none. */
  fingerprint: string | null
}

/**
 * @param fingerprint as {@link Advertised.fingerprint}.
 * @returns how a host with this URL is advertised; null where its address is none that others in the network could reach.
 */
export const advertisedAt = (
  url: string,
  fingerprint: string | null,
  own = lanAddresses(),
): Advertised | null => {
  const { hostname, port, protocol } = new URL(url)
  const address = hostname.replace(/^\[|\]$/g, '')
  const usualPort = protocol === 'wss:' ? 443 : 80
  return own.includes(address) ? { address, port: Number(port) || usualPort, fingerprint } : null
}

export interface Advertising {
  /** Tells this from now on and takes back what was told before; null tells nothing. Resolves when goodbye is said. */
  change(wanted: Advertised | null): Promise<void>
}

/** Seconds that others may remember an address (RFC 6762, section 10). */
const ttl = 120

const isSame = (a: Advertised | null, b: Advertised | null): boolean =>
  a?.address === b?.address && a?.port === b?.port && a?.fingerprint === b?.fingerprint

/** @param options where another port than that of mDNS is to be used. */
export const createAdvertising = (log: HostLog, options: Pick<MdnsOptions, 'port'> = {}): Advertising => {
  let told: Advertised | null = null
  let stop = (): Promise<void> => Promise.resolve()
  let last: Promise<void> = Promise.resolve()

  const begin = ({ address, port, fingerprint }: Advertised): (() => Promise<void>) => {
    const ipv4 = !address.includes(':')
    const speaker = openMdns({ ...options, ...(ipv4 && { interface: address }) }, error =>
      log.error('not advertised', { detail: String(error) }),
    )
    const name = `${serviceType}-${randomName()}`
    const host = `${name}.local`
    const service = speaker.publish({
      name,
      type: serviceType,
      port,
      // Its default is the computer's name, in which there is often a person's.
      host,
      txt: fingerprint === null ? { tls: '0' } : { tls: '1', fp: fingerprint },
    })
    // The package would tell the addresses of every interface.
    const records = service.records.bind(service)
    service.records = () => [
      ...records().filter(({ type }) => type !== 'A' && type !== 'AAAA'),
      { name: host, type: ipv4 ? 'A' : 'AAAA', ttl, data: address },
    ]
    log.info('advertising', { name, address, port })
    return () => closeMdns(speaker)
  }

  return {
    change: wanted => {
      if (isSame(wanted, told)) return last
      told = wanted
      last = last.then(async () => {
        await stop()
        stop = wanted ? begin(wanted) : () => Promise.resolve()
      })
      return last
    },
  }
}
