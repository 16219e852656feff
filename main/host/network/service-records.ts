/** The questions and records of DNS-based service discovery (RFC 6763). Pure. */
import type { Answer, DecodedPacket, Packet } from 'dns-packet'
import { z } from 'zod'

/**
 * Part of every packet about our service, because DNS names are compressed only after their first occurrence (RFC 1035,
 * 4.1.4).
 */
export const serviceType = 'stompbox'
const service = `_${serviceType}._tcp.local`

/** Seconds for which others may cache the records (RFC 6762, section 10). */
const ttl = 120

/** The most hosts read from one packet: normally each host announces itself. */
const mostHosts = 4

/** A host as it announces itself. */
export interface Announced {
  /** Generated, such as `stompbox-4k7m2x`. */
  name: string
  port: number
  /** SHA-256 of its TLS certificate; null without TLS. */
  fingerprint: string | null
}

/** A host as received from the network. */
export interface Heard extends Announced {
  /** IPv4 first. */
  addresses: [string, ...string[]]
  tls: boolean
  /** Seconds for which the records are valid; 0 is a goodbye. */
  ttl: number
}

const instanceOf = (name: string): string => `${name}.${service}`
const hostOf = (name: string): string => `${name}.local`
const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** @returns the question for all hosts. */
export const question = (): Packet => ({ type: 'query', questions: [{ name: service, type: 'PTR' }] })

/** Flag of an authoritative answer (RFC 1035, 4.1.1). */
const authoritative = 1 << 10

/**
 * @param address at which the host is reached in this network. @returns the records of a host; with `gone` its goodbye.
 */
export const announcement = (
  { name, port, fingerprint }: Announced,
  address: string,
  gone = false,
): Packet => {
  const common = { ttl: gone ? 0 : ttl, flush: true }
  const data = fingerprint === null ? ['tls=0'] : ['tls=1', `fp=${fingerprint}`]
  return {
    type: 'response',
    flags: authoritative,
    answers: [
      // This record is shared with the other hosts: it replaces none of theirs (RFC 6762, section 10.2).
      { name: service, type: 'PTR', ttl: common.ttl, data: instanceOf(name) },
      { name: instanceOf(name), type: 'SRV', ...common, data: { port, target: hostOf(name) } },
      { name: instanceOf(name), type: 'TXT', ...common, data },
      { name: hostOf(name), type: 'A', ...common, data: address },
    ],
  }
}

/** @returns whether the packet asks for all hosts, or for this one. */
export const asksFor = ({ type, questions = [] }: DecodedPacket, name: string): boolean =>
  type === 'query' &&
  questions.some(asked => [service, instanceOf(name), hostOf(name)].some(own => isSame(asked.name, own)))

/** A host read from the network. */
const heardSchema = z.object({
  name: z.string().regex(/^[\w-]{1,63}$/),
  port: z.int().min(1).max(65_535),
  addresses: z.tuple([z.union([z.ipv4(), z.ipv6()])], z.union([z.ipv4(), z.ipv6()])),
  tls: z.boolean(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .catch(null),
  ttl: z.int().min(0),
})

/** @returns the value of a key in a TXT record (RFC 6763, section 6). */
const textOf = (records: readonly Answer[], key: string): string | null => {
  for (const record of records) {
    if (record.type !== 'TXT') continue
    for (const part of [record.data].flat()) {
      const text = part.toString()
      if (text.startsWith(`${key}=`)) return text.slice(key.length + 1)
    }
  }
  return null
}

const readInstance = (records: readonly Answer[], instance: string, holds: number): Heard | null => {
  const own = records.filter(record => isSame(record.name, instance))
  const location = own.find(record => record.type === 'SRV')
  const tls = textOf(own, 'tls') === '1'
  const addresses = records.flatMap(record =>
    (record.type === 'A' || record.type === 'AAAA') && isSame(record.name, location?.data.target ?? '')
      ? [record.data]
      : [],
  )
  const heard = heardSchema.safeParse({
    name: instance.slice(0, -service.length - 1),
    port: location?.data.port,
    addresses: addresses.toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':'))),
    tls,
    fingerprint: tls ? textOf(own, 'fp') : null,
    ttl: Math.min(holds, ttl),
  })
  return heard.success ? heard.data : null
}

/** @returns the hosts in a packet that have all records needed to reach them. */
export const readHosts = ({ type, answers = [], additionals = [] }: DecodedPacket): Heard[] => {
  if (type !== 'response') return []
  const records = [...answers, ...additionals]
  const pointers = records.flatMap(record =>
    record.type === 'PTR' && isSame(record.name, service) ? [record] : [],
  )
  return pointers
    .slice(0, mostHosts)
    .flatMap(({ data, ttl: holds = 0 }) => readInstance(records, data, holds) ?? [])
}
