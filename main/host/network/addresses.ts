/** The addresses and URLs under which this computer can be reached. */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { ownNames } from '../../broker/transport/allowed-hosts.ts'
import { kindOf, type InterfaceKind, type Interfaces } from './interfaces.ts'

/** The path of STOMP over WebSocket. */
const stompPath = '/stomp'

const isPrivate4 = (address: string): boolean => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)
const isSelfAssigned4 = (address: string): boolean => address.startsWith('169.254.')
const isLinkLocal6 = (address: string): boolean => /^fe[89ab]/i.test(address)

/** Addresses that are ranked before the others. */
export interface Preferred {
  /** Name of the interface chosen by the person. */
  network?: string | null
  /** The address that this computer uses for outbound traffic, see {@link import('./interfaces.ts').outwardAddress}. */
  outward?: string | null
}

const ofKind: Readonly<Record<InterfaceKind, number>> = { lan: 0, shared: 20, virtual: 40, tunnel: 50 }

/** Lower is better: an address that a person in the same room can reach, and can type. */
const rank = (name: string, { family, address }: NetworkInterfaceInfo, preferred: Preferred): number => {
  const version = family === 'IPv4' ? 0 : 10
  const kind = kindOf(name, address)
  if (name === preferred.network) return version - 40
  // A VPN that routes everything is the outbound interface, but others can't connect through it.
  if (address === preferred.outward && kind !== 'tunnel') return -20
  if (family === 'IPv4' && isSelfAssigned4(address)) return 60
  return version + ofKind[kind] + (family === 'IPv4' && !isPrivate4(address) ? 1 : 0)
}

/**
 * @param interfaces as the system reports them.
 * @returns the addresses that others can reach, best first: preferred ones, physical private IPv4, other IPv4, IPv6,
 *   then this computer's own shared networks, virtual interfaces and tunnels. Loopback and link-local IPv6 (which needs
 *   a zone) are left out.
 */
export const lanAddresses = (
  interfaces: Interfaces = networkInterfaces(),
  preferred: Preferred = {},
): string[] =>
  Object.entries(interfaces)
    .flatMap(([name, infos]) => (infos ?? []).map(info => ({ name, info })))
    .filter(({ info }) => !info.internal && !(info.family === 'IPv6' && isLinkLocal6(info.address)))
    .map(({ name, info }) => ({ address: info.address, rank: rank(name, info, preferred) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => address)

/** @returns the name of the interface with this address; null if there is none. */
export const interfaceOf = (address: string, interfaces: Interfaces = networkInterfaces()): string | null =>
  Object.entries(interfaces).find(([, infos]) => infos?.some(info => info.address === address))?.[0] ?? null

/** @returns whether a listener on this address can only be reached from this computer. */
export const isLoopback = (bind: string): boolean =>
  bind === 'localhost' || bind === '::1' || /^127(\.\d{1,3}){3}$/.test(bind)

/** @returns whether a listener on this address listens on all addresses of this computer. */
export const isEveryAddress = (bind: string): boolean => bind === '0.0.0.0' || bind === '::'

/** IPv6 addresses need brackets (RFC 3986, 3.2.2). */
const authority = (address: string, port: number): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`

/** @returns the STOMP URL at this address. @param secure whether it speaks TLS, as below. */
export const stompUrl = (address: string, port: number, secure = false): string =>
  `${secure ? 'wss' : 'ws'}://${authority(address, port)}${stompPath}`

const reachable = (bind: string, addresses: string[]): [string, ...string[]] => {
  if (!isEveryAddress(bind)) return [bind]
  const [best, ...others] = addresses.filter(address => bind === '::' || !address.includes(':'))
  return best === undefined ? ['127.0.0.1'] : [best, ...others]
}

/** @returns the URLs under which others reach a host with this listener, best first; never empty. */
export const reachableUrls = (
  bind: string,
  port: number,
  addresses = lanAddresses(),
  secure = false,
): string[] => reachable(bind, addresses).map(address => stompUrl(address, port, secure))

/** @returns the best address under which others reach STOMP over TCP. */
export const tcpUrl = (bind: string, port: number, addresses = lanAddresses(), secure = false): string =>
  `${secure ? 'stomp+ssl' : 'stomp'}://${authority(reachable(bind, addresses)[0], port)}`

/** @returns whether this URL leads to this port of this computer, under any of its names and addresses. */
export const isOwnUrl = (address: string, port: number): boolean => {
  const url = new URL(address)
  const usualPort = url.protocol === 'wss:' ? 443 : 80
  return Number(url.port || usualPort) === port && ownNames().has(url.hostname.replace(/\.$/, ''))
}

/** @returns the URL under which this computer itself reaches a host with this listener. */
export const ownUrl = (bind: string, port: number): string =>
  stompUrl(isEveryAddress(bind) ? '127.0.0.1' : bind, port)
