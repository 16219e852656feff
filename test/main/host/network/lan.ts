/** A network of one's own for one test: loopback, at a port that nothing else on this computer listens to. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { encode, type Packet } from 'dns-packet'
import { onTestFinished } from 'vitest'
import type { Network } from '../../../../main/host/network/interfaces.ts'

export const loopback: Network = { name: 'lo', address: '127.0.0.1', netmask: '255.0.0.0' }
const group = '224.0.0.251'

export const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  socket.bind(0)
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** Anybody else in the network: hears all, and says anything. */
export const neighbour = async (port: number, address = loopback.address) => {
  const heard: Buffer[] = []
  const socket: Socket = createSocket({ type: 'udp4', reuseAddr: true })
  socket.on('message', (bytes, from) => {
    // Not what it has said itself.
    if (from.port !== mouth.address().port) heard.push(bytes)
  })
  const mouth = createSocket('udp4')
  mouth.bind(0, address)
  await once(mouth, 'listening')
  mouth.setMulticastInterface(loopback.address)
  socket.bind(port)
  await once(socket, 'listening')
  socket.addMembership(group, loopback.address)
  onTestFinished(() => {
    socket.close()
    mouth.close()
  })
  const sendBytes = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) =>
      mouth.send(bytes, port, group, error => (error ? reject(error) : resolve())),
    )
  const send = (packet: Packet): Promise<void> => sendBytes(encode(packet))
  /** Sends the packet so often, and lets others hear it meanwhile. */
  const flood = async (packet: Packet, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) {
      await send(packet)
      if (n % 20 === 0) await setImmediate()
    }
  }
  return { heard, sendBytes, send, flood }
}
