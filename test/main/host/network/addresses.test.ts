import { isIPv6 } from 'node:net'
import { hostname, type NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import {
  interfaceOf,
  isOwnUrl,
  isLoopback,
  lanAddresses,
  ownUrl,
  reachableUrls,
  stompUrl,
  tcpUrl,
} from '../../../../main/host/network/addresses.ts'

const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  family: 'IPv4',
  address,
  netmask: '255.255.255.0',
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/24`,
})
const v6 = (address: string, internal = false): NetworkInterfaceInfo => ({
  family: 'IPv6',
  address,
  netmask: 'ffff:ffff:ffff:ffff::',
  mac: '02:00:00:00:00:01',
  internal,
  cidr: `${address}/64`,
  scopeid: 0,
})

test('addresses that nearby people can reach come first', () => {
  const addresses = lanAddresses({
    lo: [v4('127.0.0.1', true), v6('::1', true)],
    docker0: [v4('172.17.0.1')],
    tailscale0: [v4('100.64.0.7'), v6('fd7a::7')],
    'vEthernet (WSL)': [v4('172.29.0.1')],
    eth1: [v4('169.254.3.4')],
    wlan0: [v6('fe80::1'), v6('2001:db8::5'), v4('192.168.0.14')],
    eth0: [v4('203.0.113.9')],
  })
  expect(addresses).toEqual([
    '192.168.0.14',
    '203.0.113.9',
    '2001:db8::5',
    '172.17.0.1',
    '172.29.0.1',
    '100.64.0.7',
    'fd7a::7',
    '169.254.3.4',
  ])
})

test('this computer’s addresses contain no loopback', () => {
  for (const address of lanAddresses()) expect(isLoopback(address), address).toBe(false)
})

test('loopback is 127.0.0.0/8, ::1 and localhost', () => {
  for (const bind of ['127.0.0.1', '127.8.8.8', '::1', 'localhost']) expect(isLoopback(bind), bind).toBe(true)
  for (const bind of ['0.0.0.0', '::', '192.168.0.14', '127.0.0.1.evil.com', '']) {
    expect(isLoopback(bind), bind).toBe(false)
  }
})

test('URLs contain the chosen address, or all of them', () => {
  const addresses = ['192.168.0.14', 'fd00::5']
  expect(reachableUrls('127.0.0.1', 7070, addresses)).toEqual(['ws://127.0.0.1:7070/stomp'])
  expect(reachableUrls('192.168.0.14', 7070, addresses)).toEqual(['ws://192.168.0.14:7070/stomp'])
  expect(reachableUrls('0.0.0.0', 7070, addresses)).toEqual(['ws://192.168.0.14:7070/stomp'])
  expect(reachableUrls('::', 7070, addresses)).toEqual([
    'ws://192.168.0.14:7070/stomp',
    'ws://[fd00::5]:7070/stomp',
  ])
  expect(reachableUrls('0.0.0.0', 7070, [])).toEqual(['ws://127.0.0.1:7070/stomp'])
  expect(tcpUrl('0.0.0.0', 61613, addresses)).toBe('stomp://192.168.0.14:61613')
  expect(stompUrl('::1', 1)).toBe('ws://[::1]:1/stomp')
})

test('this computer itself uses loopback if possible', () => {
  expect(ownUrl('0.0.0.0', 7070)).toBe('ws://127.0.0.1:7070/stomp')
  expect(ownUrl('192.168.0.14', 7070)).toBe('ws://192.168.0.14:7070/stomp')
})

const laptop = {
  bridge100: [v4('192.168.64.1')],
  incusbr0: [v4('10.11.12.1')],
  waydroid0: [v4('192.168.240.1')],
  'Local Area Connection* 10': [v4('192.168.137.1')],
  utun4: [v4('10.8.0.2')],
  en0: [v4('192.168.0.14'), v6('fd00::14')],
  en7: [v4('172.16.0.9')],
}

test('the outbound interface comes first, then other networks, then the computer’s own shared networks', () => {
  expect(lanAddresses(laptop, { outward: '172.16.0.9' })).toEqual([
    '172.16.0.9',
    '192.168.0.14',
    'fd00::14',
    '192.168.64.1',
    '192.168.137.1',
    '10.11.12.1',
    '192.168.240.1',
    '10.8.0.2',
  ])
  expect(lanAddresses(laptop, { outward: '10.8.0.2' })[0]).toBe('192.168.0.14')
})

test('the chosen network comes even before that, under its current address', () => {
  expect(lanAddresses(laptop, { network: 'en0', outward: '172.16.0.9' }).slice(0, 3)).toEqual([
    '192.168.0.14',
    'fd00::14',
    '172.16.0.9',
  ])
  const later = { ...laptop, en0: [v4('192.168.0.77')] }
  expect(lanAddresses(later, { network: 'en0', outward: '172.16.0.9' })[0]).toBe('192.168.0.77')
  expect(lanAddresses(later, { network: 'eth9', outward: '172.16.0.9' })[0]).toBe('172.16.0.9')
})

test('an address is mapped to the name of its interface', () => {
  expect(interfaceOf('fd00::14', laptop)).toBe('en0')
  expect(interfaceOf('203.0.113.7', laptop)).toBeNull()
})

test('a URL leads to a port of this computer by its names and addresses only', () => {
  const ours = ['localhost', 'LOCALHOST.', '127.0.0.1', '[::1]', hostname(), ...lanAddresses()]
  for (const name of ours.map(each => (isIPv6(each) ? `[${each}]` : each))) {
    expect(isOwnUrl(`ws://${name}:7070/stomp`, 7070), name).toBe(true)
    expect(isOwnUrl(`wss://${name}:7070/ws?x`, 7070), name).toBe(true)
    expect(isOwnUrl(`ws://${name}:7071/stomp`, 7070), name).toBe(false)
  }
  expect(isOwnUrl('ws://localhost/stomp', 80)).toBe(true)
  expect(isOwnUrl('wss://localhost/stomp', 80)).toBe(false)
  expect(isOwnUrl('wss://localhost/stomp', 443)).toBe(true)
  for (const name of ['192.0.2.1', 'localhost.example', 'chat.example.org'])
    expect(isOwnUrl(`ws://${name}:7070/stomp`, 7070), name).toBe(false)
})
