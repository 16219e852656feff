import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterEach, expect, test, vi } from 'vitest'
import { lanAddresses, stompUrl } from '../../../main/host/addresses.ts'
import { advertisedAt, createAdvertising } from '../../../main/host/advertise.ts'
import { browse } from '../../../main/host/browse.ts'
import { closeMdns, openMdns } from '../../../main/host/mdns.ts'
import type { NearbyServer } from '../../../shared/contract/model.ts'
import { silentLog } from '../broker/log.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A port of one's own, so that the network of the machine hears nothing of it; over loopback alone. */
const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}
const loopback = '127.0.0.1'
const fingerprint = '0f'.repeat(32)
type Speaker = ReturnType<typeof openMdns>

const advertisingOn = (port: number) => {
  const advertising = createAdvertising(silentLog, { port })
  ends.push(() => advertising.change(null))
  return advertising
}
const browseOn = (port: number, ownPort: number | null = null) => {
  const told: NearbyServer[][] = []
  const failed = vi.fn<(error: unknown) => void>()
  const stop = browse({
    port,
    interface: loopback,
    changed: servers => told.push(servers),
    failed,
    ownPort: () => ownPort,
  })
  ends.push(stop)
  return { told, failed, stop, urls: () => told.at(-1)?.map(({ url }) => url) ?? [] }
}

/** Publishes anything, as others may do. */
const publishAt = (
  speaker: Speaker,
  name: string,
  addresses: string[],
  { port = 1, txt = {} }: { port?: number; txt?: Record<string, string> } = {},
): void => {
  const service = speaker.publish({ name, type: 'stompbox', port, host: `${name}.local`, txt })
  const records = service.records.bind(service)
  service.records = () => [
    ...records().filter(({ type }) => type !== 'A' && type !== 'AAAA'),
    ...addresses.map(data => ({ name: `${name}.local`, type: 'A' as const, ttl: 120, data })),
  ]
}

test('a host that advertises itself is found, and gone when it stops', async () => {
  const port = await freePort()
  const advertising = advertisingOn(port)
  const { told, urls } = browseOn(port)
  await advertising.change({ address: loopback, port: 7070, fingerprint: null })
  await expect.poll(urls, { timeout: 5000 }).toEqual(['ws://127.0.0.1:7070/stomp'])
  await advertising.change({ address: loopback, port: 7171, fingerprint })
  await expect.poll(urls, { timeout: 5000 }).toEqual(['wss://127.0.0.1:7171/stomp'])
  expect(told.at(-1)).toMatchObject([{ fingerprint }])
  await advertising.change(null)
  await expect.poll(urls, { timeout: 5000 }).toEqual([])
})

test('one that was there before the search is found too', async () => {
  const port = await freePort()
  await advertisingOn(port).change({ address: loopback, port: 7070, fingerprint: null })
  const { urls } = browseOn(port)
  await expect.poll(urls, { timeout: 5000 }).toEqual(['ws://127.0.0.1:7070/stomp'])
})

test('the host of this computer itself is left out', async () => {
  const port = await freePort()
  const [own] = lanAddresses()
  if (own === undefined) return
  const { urls } = browseOn(port, 7070)
  const speaker = openMdns({ port, interface: loopback }, () => undefined)
  ends.push(() => closeMdns(speaker))
  for (const [name, theirs] of [
    ['stompbox-own', 7070],
    ['stompbox-other', 7071],
  ] as const)
    publishAt(speaker, name, [own], { port: theirs })
  await expect.poll(urls, { timeout: 5000 }).toEqual([stompUrl(own, 7071)])
})

test('what goes over the wire names neither the computer nor another address', async () => {
  const port = await freePort()
  const speaker = openMdns({ port, interface: loopback }, () => undefined)
  ends.push(() => closeMdns(speaker))
  const seen: { host: string; name: string; addresses?: string[] }[] = []
  speaker.find({ type: 'stompbox' }, service => seen.push(service))
  await advertisingOn(port).change({ address: loopback, port: 7070, fingerprint: null })
  await vi.waitFor(() => expect(seen).toHaveLength(1), 5000)
  expect(seen[0]?.name).toMatch(/^stompbox-[2-9a-z]{6}$/)
  expect(seen[0]?.host).toBe(`${seen[0]?.name}.local`)
  expect(seen[0]?.host).not.toContain(hostname())
  expect(seen[0]?.addresses).toEqual([loopback])
})

test('what others tell is not taken on trust', async () => {
  const port = await freePort()
  const liar = openMdns({ port, interface: loopback }, () => undefined)
  ends.push(() => closeMdns(liar))
  const { told, urls } = browseOn(port)
  publishAt(liar, '<b>stompbox</b>', ['192.168.0.66'])
  publishAt(liar, 'stompbox-nowhere', [])
  publishAt(liar, 'stompbox-honest', ['192.168.0.20'])
  await advertisingOn(port).change({ address: loopback, port: 7070, fingerprint: null })
  await expect
    .poll(() => urls().toSorted(), { timeout: 4000 })
    .toEqual(['ws://127.0.0.1:7070/stomp', 'ws://192.168.0.20:1/stomp'])
  expect(JSON.stringify(told)).not.toMatch(/192\.168\.0\.66|nowhere/)
})

test.each(['', fingerprint.toUpperCase(), `${fingerprint}0`, 'é'.repeat(64)])(
  'a host that tells %j for its fingerprint is shown without one',
  async fp => {
    const port = await freePort()
    const liar = openMdns({ port, interface: loopback }, () => undefined)
    ends.push(() => closeMdns(liar))
    const { told } = browseOn(port)
    publishAt(liar, 'stompbox-odd', ['192.168.0.20'], { txt: { tls: '1', fp } })
    const odd = { name: 'stompbox-odd', url: 'wss://192.168.0.20:1/stomp', fingerprint: null }
    await expect.poll(() => told.at(-1), { timeout: 5000 }).toEqual([odd])
  },
)

test('a port that another program keeps for itself is told, and stops nothing', async () => {
  const socket = createSocket({ type: 'udp4', reuseAddr: false })
  socket.bind(0, '0.0.0.0')
  await once(socket, 'listening')
  ends.push(() => new Promise(resolve => socket.close(() => resolve(null))))
  const { failed, stop } = browseOn(socket.address().port)
  await vi.waitFor(() => expect(failed).toHaveBeenCalled())
  await stop()
  ends.pop()
})

test('only an address of this computer that others can reach is advertised', () => {
  const own = ['192.168.0.14', 'fd00::14']
  expect(advertisedAt('ws://192.168.0.14:7070/stomp', null, own)).toEqual({
    address: '192.168.0.14',
    port: 7070,
    fingerprint: null,
  })
  expect(advertisedAt('wss://[fd00::14]/stomp', fingerprint, own)).toEqual({
    address: 'fd00::14',
    port: 443,
    fingerprint,
  })
  expect(advertisedAt('ws://127.0.0.1:7070/stomp', null, own)).toBeNull()
  expect(advertisedAt('ws://box.example.org:7070/stomp', null, own)).toBeNull()
})
