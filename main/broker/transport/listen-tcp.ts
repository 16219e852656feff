/** STOMP over TCP, plain or TLS. */
import { createServer } from 'node:net'
import { listen, type Listening, type TlsIdentity } from './listen-socket.ts'
import { inFrontWithTls } from './listen-tls.ts'
import { boundSockets } from './socket-bounds.ts'
import { TcpTransport } from './tcp.ts'
import type { Acceptor } from './transport.ts'

const refusal = (authority: string): string =>
  `ERROR\nmessage:TLS required\ncontent-type:text/plain\n\nThis port only accepts TLS: connect to stomp+ssl://${authority}.\n\0`

/**
 * Listens for STOMP over TCP.
 * @param options `port` 0 lets the system choose; with `tls`, only this computer may connect without TLS.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenTcp = async (options: {
  broker: Acceptor
  bind: string
  port: number
  tls?: TlsIdentity | undefined
}): Promise<Listening> => {
  const { broker, bind, port, tls } = options
  const plain = createServer({ allowHalfOpen: true, noDelay: true }, socket =>
    broker.accept(new TcpTransport(socket, sockets.handOver(socket))),
  )
  const server = tls ? inFrontWithTls(plain, tls, refusal) : plain
  const sockets = boundSockets(server, broker.limits)
  return listen(server, bind, port, sockets)
}
