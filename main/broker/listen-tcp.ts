/** STOMP over TCP, plain or in TLS. */
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Broker } from './broker.ts'
import { listen, type Listening, type TlsIdentity } from './listen-socket.ts'
import { closeTimeout, isLoopbackAddress, peerAddress, writeTogether } from './socket.ts'
import { boundSockets, timeoutOf } from './socket-bounds.ts'
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
    write: buffers => writeTogether(socket, buffers),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    end: () => {
      socket.resume()
      socket.end()
      const timer = setTimeout(() => socket.destroy(), closeTimeout)
      socket.once('close', () => clearTimeout(timer))
    },
    destroy: () => socket.destroy(),
  }
}

/**
 * Listens for STOMP over TCP.
 * @param options `port` 0 lets the system choose.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenTcp = (options: {
  broker: Broker
  bind: string
  port: number
  tls?: TlsIdentity | undefined
}): Promise<Listening> => {
  const { broker, tls } = options
  const settings = { allowHalfOpen: true, noDelay: true }
  const accept = (socket: Socket): void => broker.accept(tcpTransport(socket, sockets.ageOf(socket)))
  const server = tls
    ? createTlsServer({ ...settings, ...tls, handshakeTimeout: timeoutOf(broker.limits) }, accept)
    : createServer(settings, accept)
  // Node tells of a handshake that fails or takes too long, and leaves the socket open.
  server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  const sockets = boundSockets(server, broker.limits)
  return listen(server, options.bind, options.port)
}
