/** STOMP over TCP, plain or in TLS. */
import { createServer, type Socket } from 'node:net'
import type { Broker } from './broker.ts'
import { listen, type Listening, type TlsIdentity } from './listen-socket.ts'
import { inFrontWithTls } from './listen-tls.ts'
import { endSocket, isLoopbackAddress, peerAddress, writeTogether } from './socket.ts'
import { boundSockets } from './socket-bounds.ts'
import type { Transport } from './transport.ts'

const tcpTransport = (socket: Socket, age: number): Transport => {
  const address = peerAddress(socket.remoteAddress)
  return {
    address,
    loopback: isLoopbackAddress(address),
    age,
    framing: 'none',
    get backlog() {
      return socket.writableLength
    },
    start: events => {
      socket.on('data', chunk => events.data(chunk))
      socket.on('drain', () => events.drained())
      // A peer that has said all (`nc`) still gets what this turn of the event loop answers.
      socket.on('end', () => setImmediate(() => socket.end()))
      // 'close' follows.
      socket.on('error', () => undefined)
      socket.on('close', () => events.closed())
    },
    admitted: () => undefined,
    write: buffers => writeTogether(socket, buffers),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    end: () => endSocket(socket),
    destroy: () => socket.destroy(),
  }
}

const refusal = (authority: string): string =>
  `ERROR\nmessage:TLS required\ncontent-type:text/plain\n\nThis port takes TLS alone: connect to stomp+ssl://${authority}.\n\0`

/**
 * Listens for STOMP over TCP.
 * @param options `port` 0 lets the system choose; with `tls` only this computer may speak plain.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenTcp = async (options: {
  broker: Broker
  bind: string
  port: number
  tls?: TlsIdentity | undefined
}): Promise<Listening> => {
  const { broker, bind, port, tls } = options
  const plain = createServer({ allowHalfOpen: true, noDelay: true }, socket =>
    broker.accept(tcpTransport(socket, sockets.handOver(socket))),
  )
  const server = tls ? inFrontWithTls(plain, tls, refusal) : plain
  const sockets = boundSockets(server, broker.limits)
  return listen(server, bind, port, sockets)
}
