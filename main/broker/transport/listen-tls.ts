/** One port for TLS and, from this computer only, for plain connections: the first byte tells them apart. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { TlsIdentity } from './listen-socket.ts'
import { endSocket, isLoopbackAddress, peerAddress } from './socket.ts'

/** Content type of the first record of every TLS connection (RFC 8446, 5.1). Neither HTTP nor STOMP starts with this byte. */
const handshake = 0x16

/** @returns address and port of this side, in URL form. */
const ownAuthority = ({ localAddress, localPort }: Socket): string => {
  const address = peerAddress(localAddress)
  return `${address.includes(':') ? `[${address}]` : address}:${localPort}`
}

/** Calls `take` with the first byte once it has arrived, and leaves the byte in the socket. */
const peek = (socket: Socket, take: (byte: number | undefined) => void): void => {
  const gone = (): void => void socket.destroy()
  const look = (): void => {
    const first = socket.read(1) as Buffer | null
    if (!first) return
    // The next reader finds the socket as new: neither flowing nor paused.
    socket.off('readable', look).off('end', gone).unshift(first)
    take(first[0])
  }
  // 'close' follows.
  socket.on('error', () => undefined)
  socket.on('end', gone)
  socket.on('readable', look)
}

/**
 * Puts a TLS listener in front of a server.
 * @param server gets the plain and the decrypted connections; it does not listen itself.
 * @param refusal makes the answer to a plain peer from the network, from the address and port that it used.
 * @returns the server that has to listen.
 */
export const inFrontWithTls = (
  server: Server,
  tls: TlsIdentity,
  refusal: (authority: string) => string,
): Server => {
  const secured = createTlsServer({ ...tls, allowHalfOpen: true }, socket => {
    server.emit('connection', socket)
  })
  // Node reports a handshake that fails or takes too long, but leaves the socket open.
  secured.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  return createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    peek(socket, byte => {
      if (byte === handshake) secured.emit('connection', socket)
      else if (isLoopbackAddress(peerAddress(socket.remoteAddress))) server.emit('connection', socket)
      else endSocket(socket, refusal(ownAuthority(socket)))
    })
  })
}
