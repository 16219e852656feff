/** Bounds that hold before a byte is read: how many sockets there are, and how long they may take to become connections. */
import type { Server, Socket } from 'node:net'
import type { ActiveLimits } from '../options/limits.ts'
import { Places } from '../quotas/connection-quota.ts'
import { isLoopbackAddress, peerAddress } from './socket.ts'

/** As many sockets again as connections: for those that are told that there are too many, or have said nothing yet. */
const socketsPerConnection = 2

/** Node's timers wait no longer. Milliseconds. */
const longestTimer = 2 ** 31 - 1

/** @returns whether one socket carries the other: what comes out of TLS is a socket of its own, with the same addresses. */
const carries = (one: Socket, other: Socket): boolean =>
  one.remotePort === other.remotePort &&
  one.remoteAddress === other.remoteAddress &&
  one.localAddress === other.localAddress

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
  /** Those that are no connections of the broker yet, oldest first, and when they opened. */
  const waiting = new Map<Socket, number>()
  const forget = (socket: Socket | undefined): number | undefined => {
    if (!socket) return undefined
    const openedAt = waiting.get(socket)
    waiting.delete(socket)
    return openedAt
  }
  /** One for all: each has the same time. */
  let deadline: NodeJS.Timeout | undefined
  const watch = (milliseconds: number): void => {
    if (connectTimeout === Infinity) return
    deadline ??= setTimeout(cutLate, Math.min(milliseconds, longestTimer)).unref()
  }
  const cutLate = (): void => {
    deadline = undefined
    for (const [socket, openedAt] of waiting) {
      const left = openedAt + connectTimeout - performance.now()
      if (left > 0) {
        watch(left)
        return
      }
      forget(socket)
      socket.destroy()
    }
  }
  server.prependListener('connection', (socket: Socket) => {
    const address = peerAddress(socket.remoteAddress)
    const origin = { address, loopback: isLoopbackAddress(address) }
    waiting.set(socket, performance.now())
    watch(connectTimeout)
    socket.on('close', () => {
      forget(socket)
      places.leave(origin)
    })
    if (places.take(origin) !== null) socket.destroy()
  })
  return {
    handOver: socket => {
      const now = performance.now()
      const openedAt = forget(socket) ?? forget([...waiting.keys()].find(outer => carries(outer, socket)))
      return now - (openedAt ?? now)
    },
    cutWaiting: () => {
      for (const socket of waiting.keys()) socket.destroy()
    },
  }
}
