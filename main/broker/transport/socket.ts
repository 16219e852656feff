/** What every listener does with a socket. */
import type { Duplex, Writable } from 'node:stream'

/** How long a peer may leave its side open after ours is closed. Milliseconds. */
export const closeTimeout = 1_000

/** How IPv6 writes addresses of IPv4 (RFC 4291, 2.5.5.2). */
const ipv4Prefix = '::ffff:'

/** @returns an IP address without the prefix that IPv4 has on an IPv6 socket. */
export const peerAddress = (remoteAddress = ''): string =>
  remoteAddress.startsWith(ipv4Prefix) ? remoteAddress.slice(ipv4Prefix.length) : remoteAddress

/** @returns whether an IP address is this computer's loopback. */
export const isLoopbackAddress = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** Hands the buffers to the operating system in one call. */
export const writeTogether = (socket: Writable, buffers: readonly Uint8Array[]): void => {
  const first = buffers[0]
  if (buffers.length === 1 && first) {
    socket.write(first)
    return
  }
  socket.cork()
  for (const buffer of buffers) socket.write(buffer)
  socket.uncork()
}

/** Says the last words and closes; what still comes is not listened to, and a peer that leaves its side open is cut soon. */
export const endSocket = (socket: Duplex, lastWords = ''): void => {
  socket.resume()
  socket.end(lastWords)
  const timer = setTimeout(() => socket.destroy(), closeTimeout)
  socket.once('close', () => clearTimeout(timer))
}
