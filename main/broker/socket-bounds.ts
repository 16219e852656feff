/** Bounds that hold before a byte is read: how many sockets there are, and how old they are. */
import type { Server, Socket } from 'node:net'
import type { ActiveLimits } from './limits.ts'
import { Places } from './places.ts'
import { isLoopbackAddress, peerAddress } from './socket.ts'

/** As many sockets again as connections: for those that are told that there are too many, or have said nothing yet. */
const socketsPerConnection = 2

/** @returns `connectTimeout` as servers of Node take it, for whom 0 is none. Milliseconds. */
export const timeoutOf = ({ connectTimeout }: ActiveLimits): number =>
  connectTimeout === Infinity ? 0 : connectTimeout

/** The same for a plain socket and for the one in TLS that it carries. */
const keyOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress ?? ''} ${remotePort ?? ''}`

export interface BoundSockets {
  /** @returns for how long the socket has been open. Milliseconds. */
  ageOf(socket: Socket): number
}

/** Drops sockets beyond the limits as they come. @param server one that does not listen yet. */
export const boundSockets = (server: Server, limits: ActiveLimits): BoundSockets => {
  const places = new Places(limits, socketsPerConnection)
  const openedAt = new Map<string, number>()
  server.prependListener('connection', (socket: Socket) => {
    const address = peerAddress(socket.remoteAddress)
    const origin = { address, loopback: isLoopbackAddress(address) }
    const key = keyOf(socket)
    openedAt.set(key, performance.now())
    socket.once('close', () => {
      openedAt.delete(key)
      places.leave(origin)
    })
    if (places.take(origin) !== null) socket.destroy()
  })
  return { ageOf: socket => performance.now() - (openedAt.get(keyOf(socket)) ?? performance.now()) }
}
