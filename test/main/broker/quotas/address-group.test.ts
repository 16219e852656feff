import { expect, test } from 'vitest'
import { addressGroup, networkOf } from '../../../../main/broker/quotas/address-group.ts'

test.each([
  ['192.168.0.7', '192.168.0.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['fd12:3456:789a:1::5', 'fd12:3456:789a:1::5'],
])('%s counts with %s', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})

test.each([
  ['192.168.0.7', '192.168.0.7'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['fd12:3456:789a:1::5', 'fd12:3456:789a:1::/64'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
