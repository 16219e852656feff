import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import {
  activeTunnel,
  isIn,
  kindOf,
  lanNetworks,
  outwardAddress,
} from '../../../../main/host/network/interfaces.ts'

const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  family: 'IPv4',
  address,
  netmask: '255.255.255.0',
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/24`,
})
const v6 = (address: string): NetworkInterfaceInfo => ({
  family: 'IPv6',
  address,
  netmask: 'ffff:ffff:ffff:ffff::',
  mac: '02:00:00:00:00:01',
  internal: false,
  cidr: `${address}/64`,
  scopeid: 0,
})

test.each([
  ['lan', 'eth0 enp3s0 wlan0 wlp2s0 en0 en7 br0 bridge0 bond0 usb0 Wi-Fi Ethernet 이더넷 tunnelbear-lan'],
  ['shared', 'bridge100 bridge101 ap1'],
  [
    'virtual',
    'docker0 docker_gwbridge br-1f2e3d virbr0 incusbr0 waydroid0 lxdbr0 vmnet8 veth0@if2 podman0 awdl0',
  ],
  ['tunnel', 'tailscale0 wg0 utun4 tun0 tap0 ppp0 zt3jnx NordLynx proton0'],
])('%s are %s', (kind, names) => {
  for (const name of names.split(' ')) expect(kindOf(name, '10.0.0.2'), name).toBe(kind)
})

test('the Windows hotspot is a shared network, whatever its name', () => {
  expect(kindOf('Local Area Connection* 10', '192.168.137.1')).toBe('shared')
  expect(kindOf('vEthernet (WSL)', '172.29.0.1')).toBe('virtual')
  expect(kindOf('OpenVPN TAP-Windows6', '10.8.0.2')).toBe('tunnel')
})

test('hosts look for each other in every network with people, with or without a router', () => {
  const networks = lanNetworks({
    lo: [v4('127.0.0.1', true)],
    tailscale0: [v4('100.64.0.7')],
    docker0: [v4('172.17.0.1')],
    eth0: [v6('fe80::1'), v4('192.168.0.14'), v4('192.168.0.15')],
    wlan0: [v4('10.0.0.3')],
    eth1: [v4('169.254.3.4')],
    eth2: [v6('fe80::2')],
    'Local Area Connection* 10': [v4('192.168.137.1')],
  })
  expect(networks.map(({ name, address }) => [name, address])).toEqual([
    ['eth0', '192.168.0.14'],
    ['wlan0', '10.0.0.3'],
    ['eth1', '169.254.3.4'],
    ['Local Area Connection* 10', '192.168.137.1'],
  ])
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`eth${n}`, [v4(`10.0.${n}.1`)]]))
  expect(lanNetworks(many)).toHaveLength(8)
})

test('an active VPN is reported by its name', () => {
  expect(activeTunnel({ eth0: [v4('192.168.0.14')], utun0: [v6('fe80::1')] })).toBeNull()
  expect(activeTunnel({ utun0: [v6('fe80::1')], utun4: [v6('fe80::2'), v4('10.8.0.2')] })).toBe('utun4')
})

test.each([
  ['192.168.0.14', '255.255.255.0', '192.168.0.255', true],
  ['192.168.0.14', '255.255.255.0', '192.168.1.14', false],
  ['200.1.2.3', '128.0.0.0', '255.255.255.255', true],
  ['200.1.2.3', '255.255.255.255', '200.1.2.2', false],
])('%s with %s and %s: %s', (address, netmask, other, near) => {
  expect(isIn({ name: 'eth0', address, netmask }, other)).toBe(near)
})

test('outbound traffic uses an address of this computer, if there is a route', async () => {
  const own = Object.values(networkInterfaces()).flatMap(infos => infos?.map(({ address }) => address))
  const outward = await outwardAddress()
  if (outward !== null) expect(own).toContain(outward)
})
