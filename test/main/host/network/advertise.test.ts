import { hostname, networkInterfaces } from 'node:os'
import { decode, type DecodedPacket } from 'dns-packet'
import { expect, onTestFinished, test } from 'vitest'
import { lanAddresses, stompUrl } from '../../../../main/host/network/addresses.ts'
import { advertisedAt, createAdvertising } from '../../../../main/host/network/advertise.ts'
import { browse } from '../../../../main/host/network/browse.ts'
import { announcement, question } from '../../../../main/host/network/service-records.ts'
import type { NearbyServer } from '../../../../shared/contract/model.ts'
import { silentLog } from '../../broker/log.ts'
import { freePort, loopback, neighbour } from './lan.ts'

const networks = () => [loopback]
const fingerprint = '0f'.repeat(32)
const plain = { address: null, port: 7070, fingerprint: null }

const advertisingOn = (port: number) => {
  const advertising = createAdvertising(silentLog, { port, networks })
  onTestFinished(() => advertising.change(null))
  return advertising
}
const browseOn = (port: number, ownPort: number | null = null) => {
  const told: NearbyServer[][] = []
  const stop = browse({
    port,
    networks,
    changed: servers => told.push(servers),
    failed: () => undefined,
    ownPort: () => ownPort,
  })
  onTestFinished(stop)
  return { told, urls: () => told.at(-1)?.map(({ url }) => url) ?? [] }
}
const packetsOf = (heard: Buffer[]): DecodedPacket[] => heard.map(bytes => decode(bytes))

test('an advertised host is found, and disappears when it stops', async () => {
  const port = await freePort()
  const advertising = advertisingOn(port)
  const { told, urls } = browseOn(port)
  await advertising.change(plain)
  await expect.poll(urls).toEqual(['ws://127.0.0.1:7070/stomp'])
  await advertising.change({ ...plain, port: 7171, fingerprint })
  await expect.poll(urls).toEqual(['wss://127.0.0.1:7171/stomp'])
  expect(told.at(-1)).toMatchObject([{ fingerprint }])
  await advertising.change(null)
  await expect.poll(urls).toEqual([])
})

test('a host advertised before the search is found too', async () => {
  const port = await freePort()
  await advertisingOn(port).change(plain)
  const { heard } = await neighbour(port)
  // Both of its first announcements are over.
  await expect.poll(() => heard.length).toBe(2)
  const { urls } = browseOn(port)
  await expect.poll(urls).toEqual(['ws://127.0.0.1:7070/stomp'])
})

test('this computer’s own host is left out', async () => {
  const port = await freePort()
  const own = lanAddresses().find(address => !address.includes(':')) ?? loopback.address
  const { send } = await neighbour(port)
  const { urls, told } = browseOn(port, 7070)
  await expect.poll(() => told.length).toBeGreaterThan(0)
  for (const [name, theirs] of [
    ['stompbox-own', 7070],
    ['stompbox-other', 7071],
  ] as const)
    await send(announcement({ name, port: theirs, fingerprint: null }, own))
  await expect.poll(urls).toEqual([stompUrl(own, 7071)])
})

test('the packets contain neither the computer’s name nor another address', async () => {
  const port = await freePort()
  const { heard } = await neighbour(port)
  await advertisingOn(port).change(plain)
  await expect.poll(() => heard.length).toBeGreaterThan(0)
  const [packet] = packetsOf(heard)
  expect(packet?.answers?.map(({ type }) => type)).toEqual(['PTR', 'SRV', 'TXT', 'A'])
  expect(JSON.stringify(packet)).toMatch(/"stompbox-[2-9a-z]{6}\.local"/)
  expect(JSON.stringify(packet)).not.toContain(hostname())
  const others = Object.values(networkInterfaces()).flatMap(infos => infos?.map(({ address }) => address))
  for (const other of others)
    if (other !== loopback.address) expect(JSON.stringify(packet)).not.toContain(`"${other}"`)
})

test('a flood of questions is answered once a second', async () => {
  const port = await freePort()
  await advertisingOn(port).change(plain)
  const { heard, flood } = await neighbour(port)
  await expect.poll(() => heard.length).toBe(2)
  const many = {
    ...question(),
    questions: Array<NonNullable<DecodedPacket['questions']>[number]>(32).fill({
      name: '_stompbox._tcp.local',
      type: 'PTR',
    }),
  }
  const start = performance.now()
  await flood(many, 150)
  await expect.poll(() => heard.length).toBeGreaterThan(2)
  const answers = heard.length - 2
  expect(answers).toBeLessThanOrEqual(1 + (performance.now() - start) / 1_000)
})

test('a host that listens on one address is announced in that network only', async () => {
  const port = await freePort()
  const { heard } = await neighbour(port)
  const elsewhere = advertisingOn(port)
  await elsewhere.change({ ...plain, address: '192.168.0.14' })
  await advertisingOn(port).change({ ...plain, address: loopback.address, port: 7171 })
  await expect.poll(() => heard.length).toBe(2)
  await elsewhere.change(null)
  expect(JSON.stringify(packetsOf(heard))).not.toContain('192.168.0.14')
})

test('a malicious peer can’t announce more hosts or addresses than the limits', async () => {
  const port = await freePort()
  const { send } = await neighbour(port)
  const { told, urls } = browseOn(port)
  await expect.poll(() => told.length).toBeGreaterThan(0)
  for (let n = 10; n < 90; n += 1)
    await send(announcement({ name: `stompbox-${n}`, port: 1, fingerprint: null }, '192.168.0.20'))
  await expect.poll(() => urls().length).toBe(50)
  // What the network said first counts: the address does not change under a person's hand.
  await send(announcement({ name: 'stompbox-10', port: 1, fingerprint: null }, '192.168.0.66'))
  await send(announcement({ name: 'stompbox-11', port: 1, fingerprint: null }, '192.168.0.20', true))
  await expect.poll(() => urls().length).toBe(49)
  expect(urls().join()).not.toContain('192.168.0.66')
})

test('only reachable hosts are advertised', () => {
  expect(advertisedAt('0.0.0.0', 7070, null)).toEqual({ address: null, port: 7070, fingerprint: null })
  expect(advertisedAt('::', 7070, fingerprint)).toEqual({ address: null, port: 7070, fingerprint })
  expect(advertisedAt('192.168.0.14', 7070, null)).toMatchObject({ address: '192.168.0.14' })
  expect(advertisedAt('127.0.0.1', 7070, null)).toBeNull()
})
