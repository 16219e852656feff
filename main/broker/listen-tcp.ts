/** STOMP over plain TCP. */
import { createServer, type Socket } from 'node:net'
import type { Broker } from './broker.ts'
import { listen, type Listening } from './listen-socket.ts'
import { closeTimeout, isLoopbackAddress, peerAddress, socketsFor, writeTogether } from './socket.ts'
import type { Transport } from './transport.ts'

const tcpTransport = (socket: Socket): Transport => {
  const address = peerAddress(socket.remoteAddress)
  return {
    address,
    loopback: isLoopbackAddress(address),
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
export const listenTcp = (options: { broker: Broker; bind: string; port: number }): Promise<Listening> => {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    options.broker.accept(tcpTransport(socket))
  })
  server.maxConnections = socketsFor(options.broker.limits.connections)
  return listen(server, options.bind, options.port)
}
