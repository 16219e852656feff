import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { diagnose } from '../../../main/network/diagnose.ts'

const v4 = (address: string, prefix = 24, internal = false): NetworkInterfaceInfo => ({
  family: 'IPv4',
  address,
  netmask: '',
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/${prefix}`,
})
const v6 = (address: string): NetworkInterfaceInfo => ({
  ...v4(address, 64),
  family: 'IPv6',
  cidr: `${address}/64`,
  scopeid: 0,
})
const loopback = { lo: [v4('127.0.0.1', 8, true)] }
const home = { ...loopback, wlan0: [v4('192.168.0.14'), v6('fd00:1::14'), v6('fe80::1')] }
const withVpn = { ...home, tun0: [v4('10.8.0.2', 24)] }
/** macOS keeps such tunnels without any VPN. */
const withIdleTunnel = { ...home, utun3: [v6('fe80::2')] }

type Interfaces = NonNullable<Parameters<typeof diagnose>[1]>
const codeFor = (
  code: string,
  address: string | null,
  interfaces: Interfaces = home,
  name = address ?? 'box.local',
  took = 3_000,
) => diagnose({ name, port: 7070, address, code, took }, interfaces).code

test.each([
  ['ECONNREFUSED', '192.168.0.20', 'port-closed'],
  ['ECONNREFUSED', '127.0.0.1', 'port-closed'],
  ['ENOTFOUND', null, 'name-unknown'],
  ['EAI_AGAIN', null, 'name-unknown'],
  ['EACCES', '192.168.0.20', 'firewall-here'],
  ['ETIMEDOUT', '192.168.0.20', 'firewall-suspected'],
  ['ETIMEDOUT', 'fd00:1::20', 'firewall-suspected'],
  ['EHOSTUNREACH', '192.168.0.20', 'host-away'],
  ['EHOSTDOWN', '192.168.0.20', 'host-away'],
  ['ETIMEDOUT', '192.168.1.20', 'subnet-other'],
  ['ETIMEDOUT', '10.1.2.3', 'subnet-other'],
  ['EHOSTUNREACH', '172.31.0.1', 'subnet-other'],
  ['ENETUNREACH', '10.1.2.3', 'route-missing'],
  ['ENETUNREACH', '203.0.113.9', 'route-missing'],
  ['ETIMEDOUT', '203.0.113.9', 'server-unreachable'],
  ['ETIMEDOUT', '172.32.0.1', 'server-unreachable'],
  ['ETIMEDOUT', null, 'server-unreachable'],
  ['ETIMEDOUT', '127.0.0.1', 'server-unreachable'],
  ['ECONNRESET', '192.168.0.20', 'server-unreachable'],
])('%s at %s means %s', (code, address, expected) => {
  expect(codeFor(code, address)).toBe(expected)
})

test('who says at once that a neighbour can’t be reached is a firewall; later, nobody is there', () => {
  const after = (took: number) => codeFor('EHOSTUNREACH', '192.168.0.20', home, '192.168.0.20', took)
  expect([after(20), after(3_100)]).toEqual(['firewall-suspected', 'host-away'])
})

test('a VPN is suspected where it stands between this computer and an address of a network', () => {
  expect(codeFor('ETIMEDOUT', '192.168.0.20', withVpn)).toBe('vpn-suspected')
  expect(codeFor('EHOSTUNREACH', '192.168.1.20', withVpn)).toBe('vpn-suspected')
  expect(codeFor('ECONNREFUSED', '192.168.0.20', withVpn)).toBe('port-closed')
  expect(codeFor('ETIMEDOUT', '203.0.113.9', withVpn)).toBe('server-unreachable')
})

test('a peer inside the VPN is not kept away by it', () => {
  expect(codeFor('ETIMEDOUT', '10.8.0.7', withVpn)).toBe('firewall-suspected')
})

test('a tunnel that leads nowhere is no VPN', () => {
  expect(codeFor('ETIMEDOUT', '192.168.0.20', withIdleTunnel)).toBe('firewall-suspected')
})

test('without a network no way leads anywhere but here', () => {
  expect(codeFor('ENOTFOUND', null, loopback)).toBe('route-missing')
  expect(codeFor('ENETUNREACH', '192.168.0.20', loopback)).toBe('route-missing')
  expect(codeFor('ECONNREFUSED', '127.0.0.1', loopback)).toBe('port-closed')
  expect(codeFor('ECONNREFUSED', null, loopback, 'localhost')).toBe('port-closed')
})

test('the sentence gets what it names', () => {
  expect(
    diagnose({ name: '192.168.7.1', port: 7070, address: null, code: 'ETIMEDOUT', took: 9 }, home),
  ).toEqual({
    code: 'subnet-other',
    params: { host: '192.168.7.1:7070', name: '192.168.7.1', port: 7070, own: '192.168.0.14' },
  })
  expect(
    diagnose({ name: 'fd00:1::9', port: 1, address: null, code: 'ETIMEDOUT', took: 9 }, withVpn).params,
  ).toEqual({
    host: '[fd00:1::9]:1',
    name: 'fd00:1::9',
    port: 1,
    vpn: 'tun0',
  })
})
