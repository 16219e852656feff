/** Bounds that hold before a byte is read: how many sockets there are, and how long they may take to become connections. */
import type { Server, Socket } from 'node:net'
import type { ActiveLimits } from './limits.ts'
import { Places } from './places.ts'
import { isLoopbackAddress, peerAddress } from './socket.ts'

/** As many sockets again as connections: for those that are told that there are too many, or have said nothing yet. */
const socketsPerConnection = 2

/** @returns whether one socket carries the other: what comes out of TLS is a socket of its own, with the same addresses. */
const carries = (one: Socket, other: Socket): boolean =>
  one.remotePort === other.remotePort &&
  one.remoteAddress === other.remoteAddress &&
  one.localAddress === other.localAddress

/** A socket that is no connection of the broker yet. */
interface Waiting {
  openedAt: number
  deadline: NodeJS.Timeout | undefined
}

export interface BoundSockets {
  /** The broker takes the socket over, and with it the rest of its time. @returns for how long it has been open. Milliseconds. */
  handOver(socket: Socket): number
  /** Cuts those that have not been handed over. */
  cutWaiting(): void
}

/**
 * Drops sockets beyond the limits as they come, and cuts those that are not handed over within `connectTimeout`, whatever they spend it
 * on: silence, TLS, HTTP.
 * @param server one that does not listen yet.
 */
export const boundSockets = (server: Server, limits: ActiveLimits): BoundSockets => {
  const { connectTimeout } = limits
  const places = new Places(limits, socketsPerConnection)
  const waiting = new Map<Socket, Waiting>()
  const forget = (socket: Socket | undefined): Waiting | undefined => {
    const one = socket && waiting.get(socket)
    if (!one) return undefined
    clearTimeout(one.deadline)
    waiting.delete(socket)
    return one
  }
  server.prependListener('connection', (socket: Socket) => {
    const address = peerAddress(socket.remoteAddress)
    const origin = { address, loopback: isLoopbackAddress(address) }
    const deadline =
      connectTimeout === Infinity ? undefined : setTimeout(() => socket.destroy(), connectTimeout)
    waiting.set(socket, { openedAt: performance.now(), deadline })
    socket.once('close', () => {
      forget(socket)
      places.leave(origin)
    })
    if (places.take(origin) !== null) socket.destroy()
  })
  return {
    handOver: socket => {
      const now = performance.now()
      const one = forget(socket) ?? forget([...waiting.keys()].find(outer => carries(outer, socket)))
      return now - (one?.openedAt ?? now)
    },
    cutWaiting: () => {
      for (const socket of waiting.keys()) socket.destroy()
    },
  }
}
