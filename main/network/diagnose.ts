/** Diagnoses why a connection failed, as far as this computer can tell: port, firewall, subnet, VPN, name or route. */
import { BlockList, isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { AppError, ErrorCode } from '../../shared/contract/errors.ts'
import { activeTunnel, kindOf, type Interfaces } from '../host/network/interfaces.ts'

/** A failed attempt to connect. */
export interface Attempt {
  /** Host name or address as the person typed it, without the brackets of IPv6. */
  name: string
  port: number
  /** The IP address that was tried; null if none is known. */
  address: string | null
  /** The system's code, such as `ECONNREFUSED`; `ETIMEDOUT` where this side stopped waiting. */
  code: string
  /** Milliseconds from the first packet to this outcome. */
  took: number
}

/** No answer, or an ICMP message that there will be none. */
const silence = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH'])

/**
 * Milliseconds: an absent neighbour is solicited three times, a second apart (RFC 4861, section 10; Linux does the same for IPv4).
 * An earlier "unreachable" comes from a firewall such as firewalld.
 */
const neighbourAsked = 1_500

/** Addresses that are valid inside one network only (RFC 1918, 3927, 4193, 4291 and 6598). */
const inside = new BlockList()
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  inside.addSubnet(network, prefix)
inside.addSubnet('fc00::', 7, 'ipv6')
inside.addSubnet('fe80::', 10, 'ipv6')

const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

interface Here {
  /** Whether the address is in a wired or wireless network of this computer. */
  near: boolean
  /** Whether it is in the network of a VPN. */
  throughTunnel: boolean
  /** Name of an active VPN interface. */
  tunnel: string | null
  /** This computer's address in its own network. */
  own: string | null
}

const lookAround = (address: string, interfaces: Interfaces): Here => {
  const here: Here = { near: false, throughTunnel: false, tunnel: activeTunnel(interfaces), own: null }
  for (const [name, infos] of Object.entries(interfaces)) {
    for (const info of infos ?? []) {
      if (info.internal) continue
      const tunnel = kindOf(name, info.address) === 'tunnel'
      if (!tunnel && info.family === 'IPv4') here.own ??= info.address
      const [network, prefix] = info.cidr?.split('/') ?? []
      if (network === undefined || prefix === undefined) continue
      const subnet = new BlockList()
      subnet.addSubnet(network, Number(prefix), isIPv6(network) ? 'ipv6' : 'ipv4')
      if (!contains(subnet, address)) continue
      if (tunnel) here.throughTunnel = true
      else here.near = true
    }
  }
  return here
}

const hasNetwork = (interfaces: Interfaces): boolean =>
  Object.values(interfaces).some(infos => infos?.some(({ internal }) => !internal))

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** @returns the likely reason for getting no answer, given the address and the networks of this computer. */
const explainSilence = ({ code, took }: Attempt, address: string, interfaces: Interfaces): AppError => {
  const { near, throughTunnel, tunnel, own } = lookAround(address, interfaces)
  if (tunnel !== null && !throughTunnel && (near || contains(inside, address)))
    return { code: 'vpn-suspected', params: { vpn: tunnel } }
  if (near || throughTunnel) {
    const refused = code === 'EHOSTUNREACH' && took < neighbourAsked
    return { code: refused || code === 'ETIMEDOUT' ? 'firewall-suspected' : 'host-away' }
  }
  if (code === 'ENETUNREACH') return { code: 'route-missing' }
  if (contains(inside, address) && own !== null) return { code: 'subnet-other', params: { own } }
  return { code: 'server-unreachable' }
}

const byCode: Readonly<Partial<Record<string, ErrorCode>>> = {
  ECONNREFUSED: 'port-closed',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  // The operating system forbids the connection (Windows: WSAEACCES).
  EACCES: 'firewall-here',
  EPERM: 'firewall-here',
}

/** @returns the reason, with `host` (name and port), `name` and `port` for the sentence. */
export const diagnose = (attempt: Attempt, interfaces: Interfaces = networkInterfaces()): AppError => {
  const { name, port, code } = attempt
  const address = attempt.address ?? (isIP(name) ? name : null)
  const found = ((): AppError => {
    const away = address === null ? name !== 'localhost' : !isLoopback(address)
    if (away && !hasNetwork(interfaces)) return { code: 'route-missing' }
    const known = byCode[code]
    if (known !== undefined) return { code: known }
    if (address !== null && away && silence.has(code)) return explainSilence(attempt, address, interfaces)
    return { code: 'server-unreachable' }
  })()
  const host = `${isIPv6(name) ? `[${name}]` : name}:${port}`
  return { code: found.code, params: { host, name, port, ...found.params } }
}
