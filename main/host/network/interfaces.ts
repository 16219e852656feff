/** The networks of this computer, and the kind of each. */
import { createSocket } from 'node:dgram'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

/**
 * `lan` is a wired or wireless network with other people; `shared` is a network that this computer provides, such as a
 * hotspot; `virtual` leads to containers and virtual machines on this computer; `tunnel` is a VPN.
 */
export type InterfaceKind = 'lan' | 'shared' | 'virtual' | 'tunnel'

const tunnel =
  /^(utun|tun\d|tap|wg|tailscale|zt|ham|ppp|ipsec|nordlynx|proton|mullvad|gpd|cscotun)|TAP-|Tailscale|ZeroTier|WireGuard|OpenVPN|NordLynx|Hamachi|AnyConnect|GlobalProtect/i
const virtual =
  /^(docker|br-|veth|vnet|virbr|vmnet|vmenet|vboxnet|lxc|lxd|incus|waydroid|anbox|podman|nerdctl|cni|flannel|cali|kube|mpqemubr|dummy|gif|stf|awdl|llw|anpi|sit|tunl)|vEthernet|VMware|VirtualBox|Hyper-V|WSL|Npcap/i
/**
 * macOS names its interfaces for Internet Sharing and for virtual machines `bridge100` and up; `bridge0` joins its own
 * ports.
 */
const sharing = /^(bridge\d{3}|ap\d)/
/** Windows always uses this address for its mobile hotspot, whatever the name of the interface. */
const windowsHotspot = '192.168.137.1'

/** @param address one of the interface's. */
export const kindOf = (name: string, address: string): InterfaceKind => {
  if (tunnel.test(name)) return 'tunnel'
  if (virtual.test(name)) return 'virtual'
  return sharing.test(name) || address === windowsHotspot ? 'shared' : 'lan'
}

const isLinkLocal = (address: string): boolean => /^(fe[89ab]|169\.254\.)/i.test(address)

/**
 * @returns the name of an active VPN; null for none. Some systems keep idle tunnels, which have only a link-local
 *   address.
 */
export const activeTunnel = (interfaces: Interfaces = networkInterfaces()): string | null => {
  for (const [name, infos] of Object.entries(interfaces))
    if (
      infos?.some(
        ({ internal, address }) => !internal && kindOf(name, address) === 'tunnel' && !isLinkLocal(address),
      )
    )
      return name
  return null
}

/** An IPv4 network that may have other people in it. */
export interface Network {
  /** Name of the interface. */
  name: string
  /** This computer's address in it. */
  address: string
  netmask: string
}

/** The most networks: more than a real computer has; each costs a socket. */
const mostNetworks = 8

/**
 * @returns the networks in which hosts look for each other, one for each interface, without those of VPNs, containers
 *   and virtual machines. Self-assigned addresses (RFC 3927), as in a network without a router, are included.
 */
export const lanNetworks = (interfaces: Interfaces = networkInterfaces()): Network[] =>
  Object.entries(interfaces)
    .flatMap(([name, infos]) => {
      const info = infos?.find(({ family, internal }) => family === 'IPv4' && !internal)
      if (!info || !['lan', 'shared'].includes(kindOf(name, info.address))) return []
      return [{ name, address: info.address, netmask: info.netmask }]
    })
    .slice(0, mostNetworks)

/** @returns an IPv4 address as a number. */
const bitsOf = (address: string): number =>
  address.split('.').reduce((bits, octet) => ((bits << 8) | Number(octet)) >>> 0, 0)

/** @returns whether this IPv4 address is in the network. */
export const isIn = ({ address, netmask }: Network, other: string): boolean => {
  const mask = bitsOf(netmask)
  return (bitsOf(address) & mask) === (bitsOf(other) & mask)
}

/** TEST-NET-2 (RFC 5737): no host has this address, but the system has a route to it. */
const elsewhere = '198.51.100.1'

/** @returns the IPv4 address that this computer uses for outbound traffic; null without a route. Sends nothing. */
export const outwardAddress = (): Promise<string | null> =>
  new Promise(resolve => {
    const socket = createSocket('udp4')
    const end = (address: string | null): void => {
      socket.close()
      resolve(address)
    }
    socket.on('error', () => end(null))
    socket.connect(9, elsewhere, (error?: Error) => end(error ? null : socket.address().address))
  })
