import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { encode, type Answer, type DecodedPacket } from 'dns-packet'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Network } from '../../../../main/host/network/interfaces.ts'
import { MdnsSocket } from '../../../../main/host/network/mdns-socket.ts'
import { question } from '../../../../main/host/network/service-records.ts'
import { freePort, loopback, neighbour } from './lan.ts'

const open = async (networks: () => Network[] = () => [loopback]) => {
  const port = await freePort()
  const heard: DecodedPacket[] = []
  const joined: string[] = []
  const failed = vi.fn<(error: unknown) => void>()
  const socket = new MdnsSocket(
    { heard: packet => heard.push(packet), joined: ({ name }) => joined.push(name), failed },
    { port, networks },
  )
  onTestFinished(() => socket.close())
  return { port, heard, joined, failed, socket }
}

test('it sends into each network from its own address, and receives from each', async () => {
  const other: Network = { name: 'lo:1', address: '127.0.0.2', netmask: '255.0.0.0' }
  const { port, joined, heard, socket } = await open(() => [loopback, other])
  const { heard: outside } = await neighbour(port, '127.0.0.3')
  await expect.poll(() => joined.toSorted()).toEqual(['lo', 'lo:1'])
  for (const network of socket.networks()) await socket.send(network, question())
  await expect.poll(() => [outside.length, heard.length]).toEqual([2, 2])
})

test('packets that are too large, have too many records, or concern another service are not parsed', async () => {
  const { port, joined, heard } = await open()
  const { sendBytes, send } = await neighbour(port)
  await expect.poll(() => joined).toEqual(['lo'])
  const asked = question()
  const large = Buffer.concat([encode(asked), Buffer.alloc(1_500)])
  const full = Buffer.from(encode(asked))
  full.writeUInt16BE(65_535, 6)
  await sendBytes(large)
  await sendBytes(full)
  await sendBytes(Buffer.from('stompbox'))
  await sendBytes(Buffer.from('no DNS, but long enough for stompbox'))
  await send({ type: 'query', questions: [{ name: '_http._tcp.local', type: 'PTR' }] })
  await send(asked)
  await expect.poll(() => heard.length).toBe(1)
  expect(heard[0]?.questions).toHaveLength(1)
})

test('a flood is parsed at no more than 100 packets a second', async () => {
  const { port, joined, heard } = await open()
  const { flood } = await neighbour(port)
  await expect.poll(() => joined).toEqual(['lo'])
  const start = performance.now()
  await flood(question(), 3_000)
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(100)
  const most = 101 + (performance.now() - start) / 10
  expect(heard.length).toBeLessThanOrEqual(most)
})

test('packets from outside the networks are ignored', async () => {
  const { port, joined, heard } = await open(() => [{ ...loopback, netmask: '255.255.255.255' }])
  const [far, near] = [await neighbour(port, '127.0.0.9'), await neighbour(port)]
  await expect.poll(() => joined).toEqual(['lo'])
  await far.send({ type: 'query', id: 1, questions: question().questions ?? [] })
  await near.send({ type: 'query', id: 2, questions: question().questions ?? [] })
  await expect.poll(() => heard.map(({ id }) => id)).toEqual([2])
})

test('a network that rejects packets counts as not joined, and is reported', async () => {
  const { joined, failed, socket } = await open()
  await expect.poll(() => joined).toEqual(['lo'])
  // More than UDP takes.
  const text: Answer = { name: 'stompbox.local', type: 'TXT', data: Array<string>(150).fill('x'.repeat(250)) }
  await socket.send(loopback, { answers: [text, text] })
  expect(failed).toHaveBeenCalledTimes(1)
  expect(socket.networks()).toEqual([])
  await socket.send(loopback, question())
})

test('a port used exclusively by another program is reported, and stops nothing', async () => {
  const taken = createSocket({ type: 'udp4', reuseAddr: false })
  taken.bind(0, '0.0.0.0')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const failed = vi.fn<(error: unknown) => void>()
  const { port } = taken.address()
  const events = { heard: () => undefined, joined: () => undefined, failed }
  const socket = new MdnsSocket(events, { port, networks: () => [loopback] })
  await expect.poll(() => failed.mock.calls.length).toBe(1)
  expect(socket.networks()).toEqual([])
  await socket.send(loopback, question())
  socket.close()
})
