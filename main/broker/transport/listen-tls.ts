/** One port for TLS and, from this computer alone, for plain: the first byte says which it is. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsIdentity } from './listen-socket.ts'
import { endSocket, isLoopbackAddress, peerAddress } from './socket.ts'

/** Content type of the record that every TLS connection begins with (RFC 8446, 5.1); neither HTTP nor STOMP begins so. */
const handshake = 0x16

/** @returns address and port of this side, as URLs write them. */
const ownAuthority = ({ localAddress, localPort }: Socket): string => {
  const address = peerAddress(localAddress)
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`
}

/** Tells `take` the first byte once it has come; it stays to be read. */
const peek = (socket: Socket, take: (byte: number | undefined) => void): void => {
  const gone = (): void => void socket.destroy()
  const look = (): void => {
    const first = socket.read(1) as Buffer | null
    if (!first) return
    // Whoever reads on finds it as if it had just come, neither flowing nor paused.
    socket.off('readable', look).off('end', gone).unshift(first)
    take(first[0])
  }
  // 'close' follows.
  socket.on('error', () => undefined)
  socket.on('end', gone)
  socket.on('readable', look)
}

/**
 * @param server takes what is plain, or has come out of TLS; it does not listen itself.
 * @param refusal what a plain peer of the network is told, given address and port at which it asked.
 * @returns the server that is to listen.
 */
export const inFrontWithTls = (
  server: Server,
  tls: TlsIdentity,
  refusal: (authority: string) => string,
): Server => {
  const secured = createTlsServer({ ...tls, allowHalfOpen: true }, socket => {
    server.emit('connection', socket)
  })
  // Node tells of a handshake that fails or takes too long, and leaves the socket open.
  secured.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  return createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    peek(socket, byte => {
      if (byte === handshake) secured.emit('connection', socket)
      else if (isLoopbackAddress(peerAddress(socket.remoteAddress))) server.emit('connection', socket)
      else endSocket(socket, refusal(ownAuthority(socket)))
    })
  })
}
