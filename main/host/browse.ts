/** Finds the hosts that advertise themselves in the network. */
import type { Service } from 'bonjour-service'
import { z } from 'zod'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { lanAddresses, stompUrl } from './addresses.ts'
import { closeMdns, openMdns, serviceType, type MdnsOptions } from './mdns.ts'

/** Milliseconds between two questions. */
const interval = 3000
/** More than a network of people needs; fewer than a liar could tell. */
const most = 50

/** What comes from the network. */
const foundSchema = z.object({
  name: z.string().regex(/^[\w-]{1,63}$/),
  port: z.int().min(1).max(65_535),
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()]))
    .min(1)
    .max(16),
  txt: z
    .object({
      tls: z.literal('1'),
      fp: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})

const ranked = (addresses: string[]): string[] =>
  addresses.toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')))

interface Found {
  server: NearbyServer
  address: string
  port: number
}

const readService = (service: Service): Found | null => {
  const found = foundSchema.safeParse(service)
  const [address] = ranked(found.data?.addresses ?? [])
  if (!found.success || address === undefined) return null
  const { name, port, txt } = found.data
  const url = stompUrl(address, port, txt?.tls === '1')
  return { server: { name, url, fingerprint: txt?.fp ?? null }, address, port }
}

export interface BrowseOptions extends MdnsOptions {
  /** Is told all that is there, whenever it has changed; by name. */
  changed: (servers: NearbyServer[]) => void
  failed: (error: unknown) => void
  /** @returns the port on which this computer itself is a host, which is left out; null where it is none. */
  ownPort: () => number | null
}

/** Begins to look around. @returns what ends it. */
export const browse = ({ changed, failed, ownPort, ...options }: BrowseOptions): (() => Promise<void>) => {
  const speaker = openMdns(options, failed)
  const browser = speaker.find({ type: serviceType })
  let told = '[]'
  const tell = (): void => {
    const own = lanAddresses()
    const servers = browser.services
      .flatMap(service => readService(service) ?? [])
      .filter(({ address, port }) => port !== ownPort() || !own.includes(address))
      .map(({ server }) => server)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, most)
    const now = JSON.stringify(servers)
    if (now === told) return
    told = now
    changed(servers)
  }
  for (const event of ['up', 'down', 'txt-update', 'srv-update'] as const) browser.on(event, tell)
  const timer = setInterval(() => {
    browser.expire()
    tell()
    browser.update()
  }, interval)
  timer.unref()
  return () => {
    clearInterval(timer)
    browser.stop()
    return closeMdns(speaker)
  }
}
