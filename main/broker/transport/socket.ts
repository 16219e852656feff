/** Socket functions shared by all listeners. */
import type { Duplex, Writable } from 'node:stream'

/** How long a peer may keep its side open after ours is closed. Milliseconds. */
export const closeTimeout = 1_000

/** Prefix of IPv4-mapped IPv6 addresses (RFC 4291, 2.5.5.2). */
const ipv4Prefix = '::ffff:'

/** @returns the IP address without the IPv4-mapped prefix. */
export const peerAddress = (remoteAddress = ''): string =>
  remoteAddress.startsWith(ipv4Prefix) ? remoteAddress.slice(ipv4Prefix.length) : remoteAddress

/** @returns whether the IP address is a loopback address. */
export const isLoopbackAddress = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** Writes the buffers with one system call. */
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

/** Writes the last bytes and closes, ignoring further input. A peer that keeps its side open is cut after {@link closeTimeout}. */
export const endSocket = (socket: Duplex, lastWords = ''): void => {
  socket.resume()
  socket.end(lastWords)
  const timer = setTimeout(() => socket.destroy(), closeTimeout)
  socket.once('close', () => clearTimeout(timer))
}
