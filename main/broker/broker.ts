/** The STOMP broker. It serves peers over any transport and does not interpret their messages. */
import { randomBytes } from 'node:crypto'
import { systemClock, type Clock } from './options/clock.ts'
import { Connection } from './connection/connection.ts'
import type { Context } from './connection/context.ts'
import { startCounting, type BrokerCounts } from './options/counts.ts'
import { dispatch } from './handlers/dispatch.ts'
import type { BrokerHooks, Broadcast, Client, Refusal, StreamStore } from './options/hooks.ts'
import { activeLimits, type Limits } from './options/limits.ts'
import type { BrokerLog } from './options/log.ts'
import { Flusher } from './transport/outbound.ts'
import { ConnectionQuota } from './quotas/connection-quota.ts'
import { Publication } from './frames/publication.ts'
import { Router, type OpenedDestination } from './destinations/router.ts'
import { closeCodes, type Acceptor, type Transport } from './transport/transport.ts'
import { Ticks } from './quotas/ticks.ts'

export interface BrokerOptions {
  hooks: BrokerHooks
  /** For the `server` header of CONNECTED: name/version. */
  serverName: string
  log: BrokerLog
  limits?: Partial<Limits> | undefined
  /** Where histories are stored. */
  streams?: StreamStore | undefined
  clock?: Clock | undefined
}

export interface Broker extends Acceptor {
  /**
   * Delivers to all subscribers of a `/topic/…`, or adds to a `/queue/…` or a `reply-to` address.
   * @param message has an `offset` where the destination keeps a history: the entry is stored already, and the offsets of one destination
   *   must rise.
   * @throws {ProtocolError} where the queue is full, or for any other destination.
   */
  publish(destination: string, message: Broadcast): void
  /** @returns whether this `/topic/…` has subscribers; with `byNameOnly`, wildcard subscriptions don't count. */
  hasListeners(destination: string, byNameOnly?: boolean): boolean
  /** @returns the queues and streams that clients have opened, those with most bytes first. */
  openedDestinations(): OpenedDestination[]
  /** Deletes a queue with its messages and subscriptions, or the history of a stream. @returns whether there is one. */
  removeDestination(destination: string): boolean
  /** All admitted connections. */
  clients(): Client[]
  counts(): BrokerCounts
  /** @returns the address that was last refused because of too many connections from it; null for none so far. */
  crowdedAddress(): string | null
  /** Refuses new peers, sends all others an ERROR with the reason, and closes them. Resolves when all have gone. */
  close(reason: Refusal): Promise<void>
}

export const createBroker = (options: BrokerOptions): Broker => {
  const { hooks, serverName, log, streams, clock = systemClock } = options
  const limits = activeLimits(options.limits)
  const connections = new Set<Connection>()
  const quota = new ConnectionQuota(limits)
  const epoch = randomBytes(6).toString('base64url')
  let connectionCount = 0
  let messageCount = 0
  let crowdedAddress: string | null = null
  let allGone: (() => void) | null = null

  const traffic = startCounting()

  const context: Context = {
    hooks,
    limits,
    router: new Router(limits, streams ?? null, clock),
    serverName,
    log,
    clock,
    flusher: new Flusher(clock, traffic),
    traffic,
    ticks: new Ticks(),
    nextMessageId: () => `${epoch}-${++messageCount}`,
  }

  const left = (connection: Connection): void => {
    connections.delete(connection)
    quota.leave(connection.transport)
    if (connection.client) hooks.disconnected?.(connection.client)
    if (connections.size === 0) allGone?.()
  }

  /** Short enough for every interval that the check has to meet. */
  const interval = Math.max(10, Math.min(1000, (limits.heartBeat || 1000) / 4, limits.connectTimeout / 4))
  const stopClock = clock.every(interval, () => {
    const now = clock.now()
    for (const connection of connections) connection.check(now, interval)
    context.router.durables.expire()
    context.router.queues.expire()
  })

  const turnAway = (connection: Connection, full: 'broker' | 'address'): void => {
    const { address } = connection.transport
    traffic.connectionsRefused += 1
    if (full === 'address') crowdedAddress = address
    connection.fail({
      message: 'Too many connections',
      detail:
        full === 'broker'
          ? 'This server takes no more connections right now: try again later.'
          : `This server takes no more connections from ${address} right now: try again later.`,
      headers: { code: full === 'broker' ? 'host-full' : 'address-full' },
    })
  }

  const accept = (transport: Transport): void => {
    const connection = new Connection(`c${++connectionCount}`, transport, context, { handle: dispatch, left })
    const full = quota.take(transport)
    connections.add(connection)
    connection.start()
    if (allGone) connection.fail({ message: 'Shutting down' }, undefined, closeCodes.goingAway)
    else if (full !== null) turnAway(connection, full)
  }

  return {
    serverName,
    limits,
    log,
    publish: (destination, { headers, body, offset, byNameOnly }) =>
      context.router.publish(
        new Publication(context.nextMessageId(), {
          destination,
          headers: Object.entries(headers ?? {}),
          body: typeof body === 'string' ? Buffer.from(body) : body,
          offset: offset ?? null,
          byNameOnly,
        }),
      ),
    hasListeners: (destination, byNameOnly) => context.router.topics.hasListeners(destination, byNameOnly),
    openedDestinations: () => context.router.opened(),
    removeDestination: destination => {
      // A stream's subscriptions go on: they also get what is sent from now on.
      if (context.router.queues.find(destination))
        for (const { subscriptions } of connections) subscriptions.end(each => each === destination)
      return context.router.remove(destination)
    },
    accept,
    clients: () => [...connections].flatMap(({ client }) => client ?? []),
    counts: () => {
      let [subscriptions, backlogBytes, longestBacklogBytes] = [0, 0, 0]
      for (const connection of connections) {
        const { backlog } = connection.outbound
        subscriptions += connection.subscriptions.size
        backlogBytes += backlog
        longestBacklogBytes = Math.max(longestBacklogBytes, backlog)
      }
      return { ...traffic, connections: connections.size, subscriptions, backlogBytes, longestBacklogBytes }
    },
    crowdedAddress: () => crowdedAddress,
    close: async reason => {
      const gone = new Promise<void>(resolve => (allGone = resolve))
      stopClock()
      for (const connection of connections) connection.fail(reason, undefined, closeCodes.goingAway)
      if (connections.size > 0) await gone
    },
  }
}
