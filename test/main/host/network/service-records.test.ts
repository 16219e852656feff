import { decode, encode, type Answer, type Packet } from 'dns-packet'
import { expect, test } from 'vitest'
import { announcement, asksFor, question, readHosts } from '../../../../main/host/network/service-records.ts'

const fingerprint = '0f'.repeat(32)
const host = { name: 'stompbox-4k7m2x', port: 7070, fingerprint }
const overWire = (packet: Packet) => decode(encode(packet))
const service = '_stompbox._tcp.local'

test('the announcement of a host is read back unchanged', () => {
  const heard = { ...host, tls: true, addresses: ['192.168.0.14'], ttl: 120 }
  expect(readHosts(overWire(announcement(host, '192.168.0.14')))).toEqual([heard])
  expect(readHosts(overWire(announcement(host, '192.168.0.14', true)))).toEqual([{ ...heard, ttl: 0 }])
  expect(readHosts(overWire(announcement({ ...host, fingerprint: null }, '192.168.0.14')))).toMatchObject([
    { tls: false, fingerprint: null },
  ])
})

test('it fits one Ethernet packet', () => {
  expect(encode(announcement(host, '192.168.100.114')).length).toBeLessThan(500)
})

test('a question may name the service or the host, in any case', () => {
  expect(asksFor(overWire(question()), host.name)).toBe(true)
  for (const name of [`${host.name}.${service}`, `${host.name}.local`, service.toUpperCase()])
    expect(asksFor(overWire({ type: 'query', questions: [{ name, type: 'A' }] }), host.name)).toBe(true)
  for (const name of ['stompbox.local', '_http._tcp.local', `other.${service}`])
    expect(asksFor(overWire({ type: 'query', questions: [{ name, type: 'A' }] }), host.name)).toBe(false)
  expect(asksFor(overWire(announcement(host, '192.168.0.14')), host.name)).toBe(false)
})

const say = (name: string, more: Answer[], txt: string[] = []): Packet => ({
  type: 'response',
  answers: [
    { name: service, type: 'PTR', ttl: 9_999, data: `${name}.${service}` },
    { name: `${name}.${service}`, type: 'TXT', data: txt },
    ...more,
  ],
})
const at = (name: string, ...addresses: string[]): Answer[] => [
  { name: `${name}.${service}`, type: 'SRV', data: { port: 1, target: 'somewhere.local' } },
  ...addresses.map(data =>
    data.includes(':')
      ? { name: 'somewhere.local', type: 'AAAA' as const, data }
      : { name: 'somewhere.local', type: 'A' as const, data },
  ),
]

test.each<[string, Packet]>([
  ['a name with more than letters', say('<b>stompbox</b>', at('<b>stompbox</b>', '192.168.0.66'))],
  ['no address', say('stompbox-a', at('stompbox-a'))],
  ['no port', say('stompbox-a', [])],
  ['another service', { ...say('stompbox-a', at('stompbox-a', '192.168.0.66')), type: 'query' }],
])('%s is not a host', (_what, packet) => {
  expect(readHosts(overWire(packet))).toEqual([])
})

test('IPv4 addresses come first, and records last two minutes at most', () => {
  expect(readHosts(overWire(say('stompbox-a', at('stompbox-a', 'fd00::5', '10.0.0.5'))))).toMatchObject([
    { addresses: ['10.0.0.5', 'fd00::5'], ttl: 120 },
  ])
})

test.each(['', fingerprint.toUpperCase(), `${fingerprint}0`, 'é'.repeat(64)])(
  'a host that tells %j for its fingerprint is taken without one',
  fp => {
    const packet = say('stompbox-a', at('stompbox-a', '10.0.0.5'), ['tls=1', `fp=${fp}`])
    expect(readHosts(overWire(packet))).toMatchObject([{ tls: true, fingerprint: null }])
  },
)

test('only a few hosts are read from one packet', () => {
  const packets = Array.from({ length: 9 }, (_, n) =>
    announcement({ ...host, name: `stompbox-${n}` }, '10.0.0.5'),
  )
  const answers = packets.flatMap(packet => packet.answers ?? [])
  expect(readHosts(overWire({ type: 'response', answers }))).toHaveLength(4)
})
