/** Under which addresses this computer can be reached, and the URLs that follow from them. */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** Where the host answers STOMP over WebSocket. */
const stompPath = '/stomp'

/** Interfaces that lead into this computer rather than to the people around. */
const virtualInterface =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|gif|stf|awdl|llw|anpi|podman|cni|flannel|cali|lxc|lxd)|vEthernet|VMware|VirtualBox|Hyper-V|WSL/i
/** Interfaces of VPNs. */
const tunnelInterface =
  /^(utun|tun|tap|wg|tailscale|zt|ham|ppp|ipsec)|TAP-|Tailscale|ZeroTier|WireGuard|OpenVPN|NordLynx|Hamachi/i

/** @returns whether this is the interface of a VPN. */
export const isTunnel = (name: string): boolean => tunnelInterface.test(name)

const isPrivate4 = (address: string): boolean => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)
const isSelfAssigned4 = (address: string): boolean => address.startsWith('169.254.')
const isLinkLocal6 = (address: string): boolean => /^fe[89ab]/i.test(address)

/** Lower is better: what somebody in the same room would be able to reach, and to type. */
const rank = (name: string, info: NetworkInterfaceInfo): number => {
  const version = info.family === 'IPv4' ? 0 : 10
  if (info.family === 'IPv4' && isSelfAssigned4(info.address)) return 30
  if (virtualInterface.test(name) || isTunnel(name)) return 20 + version
  return version + (info.family === 'IPv4' && !isPrivate4(info.address) ? 1 : 0)
}

/**
 * @param interfaces as the system tells them.
 * @returns the addresses that others may reach, best first: physical private IPv4, other IPv4, IPv6, then virtual interfaces and
 *   tunnels. Loopback and link-local IPv6 (which needs a zone) are left out.
 */
export const lanAddresses = (interfaces = networkInterfaces()): string[] =>
  Object.entries(interfaces)
    .flatMap(([name, infos]) => (infos ?? []).map(info => ({ name, info })))
    .filter(({ info }) => !info.internal && !(info.family === 'IPv6' && isLinkLocal6(info.address)))
    .map(({ name, info }) => ({ address: info.address, rank: rank(name, info) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => address)

/** @returns the addresses with the chosen one first; as they are where none is, or it is not among them. */
export const chosenFirst = (addresses: string[], chosen: string | null): string[] =>
  chosen !== null && addresses.includes(chosen)
    ? [chosen, ...addresses.filter(address => address !== chosen)]
    : addresses

/** @returns whether only this computer reaches what listens on this address. */
export const isLoopback = (bind: string): boolean =>
  bind === 'localhost' || bind === '::1' || /^127(\.\d{1,3}){3}$/.test(bind)

const isEveryAddress = (bind: string): boolean => bind === '0.0.0.0' || bind === '::'

/** Brackets are for IPv6 (RFC 3986, 3.2.2). */
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

/** @returns the URLs that others can use for a host that listens there, best first; never empty. */
export const reachableUrls = (
  bind: string,
  port: number,
  addresses = lanAddresses(),
  secure = false,
): string[] => reachable(bind, addresses).map(address => stompUrl(address, port, secure))

/** @returns the best address that others can use for STOMP over TCP. */
export const tcpUrl = (bind: string, port: number, addresses = lanAddresses(), secure = false): string =>
  `${secure ? 'stomp+ssl' : 'stomp'}://${authority(reachable(bind, addresses)[0], port)}`

/** @returns the URL by which this computer itself reaches a host that listens there. */
export const ownUrl = (bind: string, port: number): string =>
  stompUrl(isEveryAddress(bind) ? '127.0.0.1' : bind, port)
