/** Limits that apply before a byte is read: the number of sockets, and how long one may take to become a connection. */
import type { Server, Socket } from 'node:net'
import type { ActiveLimits } from '../options/limits.ts'
import { ConnectionQuota } from '../quotas/connection-quota.ts'
import { isLoopbackAddress, peerAddress } from './socket.ts'

/**
 * Sockets per allowed connection: the surplus is for peers that have sent nothing yet, or get an ERROR because the
 * broker is full.
 */
const socketsPerConnection = 2

/** The longest timeout of Node's timers. Milliseconds. */
const longestTimer = 2 ** 31 - 1

/** @returns whether both are one connection: a TLS socket is an object of its own on top of the TCP socket, with the same addresses. */
const carries = (one: Socket, other: Socket): boolean =>
  one.remotePort === other.remotePort &&
  one.remoteAddress === other.remoteAddress &&
  one.localAddress === other.localAddress

export interface BoundSockets {
  /** The broker takes over the socket and the rest of its time limit. @returns how long the socket has been open. Milliseconds. */
  handOver(socket: Socket): number
  /** Cuts the sockets that have not been handed over. */
  cutWaiting(): void
}

/**
 * Drops sockets over the limits as they arrive, and cuts sockets that are not handed over within `connectTimeout`, for
 * example because of silence or a slow handshake.
 * @param server a server that does not listen yet.
 */
export const boundSockets = (server: Server, limits: ActiveLimits): BoundSockets => {
  const { connectTimeout } = limits
  const quota = new ConnectionQuota(limits, socketsPerConnection)
  /** Sockets that the broker has not taken over yet, oldest first, with the time at which they opened. */
  const waiting = new Map<Socket, number>()
  const forget = (socket: Socket | undefined): number | undefined => {
    if (!socket) return undefined
    const openedAt = waiting.get(socket)
    waiting.delete(socket)
    return openedAt
  }
  /** One timer for all sockets: all have the same time limit. */
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
      quota.leave(origin)
    })
    if (quota.take(origin) !== null) socket.destroy()
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
