/** The STOMP broker. It serves peers over any transport and does not interpret their messages. */
import { randomBytes } from 'node:crypto'
import { systemClock, type Clock } from './options/clock.ts'
import { Connection } from './connection/connection.ts'
import type { Context } from './connection/context.ts'
import { startCounting, type BrokerCounts } from './options/counts.ts'
import { dispatch } from './handlers/dispatch.ts'
import type { BrokerHooks, Broadcast, Client, Refusal, StreamStore } from './options/hooks.ts'
import { activeLimits, type ActiveLimits, type Limits } from './options/limits.ts'
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

export class Broker implements Acceptor {
  readonly serverName: string
  readonly limits: ActiveLimits
  readonly log: BrokerLog
  readonly #hooks: BrokerHooks
  readonly #context: Context
  readonly #connections = new Set<Connection>()
  readonly #quota: ConnectionQuota
  readonly #stopClock: () => void
  #connectionCount = 0
  #crowdedAddress: string | null = null
  #allGone: (() => void) | null = null

  constructor(options: BrokerOptions) {
    const { hooks, serverName, log, streams = null, clock = systemClock } = options
    const limits = activeLimits(options.limits)
    const traffic = startCounting()
    const epoch = randomBytes(6).toString('base64url')
    let messageCount = 0
    this.serverName = serverName
    this.limits = limits
    this.log = log
    this.#hooks = hooks
    this.#quota = new ConnectionQuota(limits)
    this.#context = {
      hooks,
      limits,
      router: new Router(limits, streams, clock),
      serverName,
      log,
      clock,
      flusher: new Flusher(clock, traffic),
      traffic,
      ticks: new Ticks(),
      nextMessageId: () => `${epoch}-${++messageCount}`,
    }
    this.#stopClock = this.#startClock()
  }

  /**
   * Delivers to all subscribers of a `/topic/…`, or adds to a `/queue/…` or a `reply-to` address.
   * @param message has an `offset` where the destination keeps a history: the entry is stored already, and the offsets of one destination
   *   must rise.
   * @throws {ProtocolError} if the queue is full, or for any other destination.
   */
  publish(destination: string, { headers, body, offset, byNameOnly }: Broadcast): void {
    const publication = new Publication(this.#context.nextMessageId(), {
      destination,
      headers: Object.entries(headers ?? {}),
      body: typeof body === 'string' ? Buffer.from(body) : body,
      offset: offset ?? null,
      byNameOnly,
    })
    this.#context.router.publish(publication)
  }

  /** @returns whether this `/topic/…` has subscribers; with `byNameOnly`, wildcard subscriptions don't count. */
  hasListeners(destination: string, byNameOnly?: boolean): boolean {
    return this.#context.router.topics.hasListeners(destination, byNameOnly)
  }

  /** @returns the queues and streams that clients have created, largest first. */
  openedDestinations(): OpenedDestination[] {
    return this.#context.router.opened()
  }

  /** Deletes a queue with its messages and subscriptions, or the history of a stream. @returns whether there is one. */
  removeDestination(destination: string): boolean {
    const { router } = this.#context
    // The subscriptions of a stream stay: they get all later messages.
    if (router.queues.find(destination))
      for (const { subscriptions } of this.#connections) subscriptions.end(each => each === destination)
    return router.remove(destination)
  }

  accept(transport: Transport): void {
    const id = `c${++this.#connectionCount}`
    const connection = new Connection(id, transport, this.#context, {
      handle: dispatch,
      left: each => this.#left(each),
    })
    const full = this.#quota.take(transport)
    this.#connections.add(connection)
    connection.start()
    if (this.#allGone) connection.fail({ message: 'Shutting down' }, undefined, closeCodes.goingAway)
    else if (full !== null) this.#turnAway(connection, full)
  }

  /** All admitted connections. */
  clients(): Client[] {
    return [...this.#connections].flatMap(({ client }) => client ?? [])
  }

  counts(): BrokerCounts {
    let [subscriptions, backlogBytes, longestBacklogBytes] = [0, 0, 0]
    for (const connection of this.#connections) {
      const { backlog } = connection.outbound
      subscriptions += connection.subscriptions.size
      backlogBytes += backlog
      longestBacklogBytes = Math.max(longestBacklogBytes, backlog)
    }
    const { traffic } = this.#context
    return {
      ...traffic,
      connections: this.#connections.size,
      subscriptions,
      backlogBytes,
      longestBacklogBytes,
    }
  }

  /** @returns the address that was last refused because of too many connections from it; null for none so far. */
  crowdedAddress(): string | null {
    return this.#crowdedAddress
  }

  /** Refuses new peers, sends all others an ERROR with the reason, and closes them. Resolves when all are closed. */
  async close(reason: Refusal): Promise<void> {
    const gone = new Promise<void>(resolve => (this.#allGone = resolve))
    this.#stopClock()
    for (const connection of this.#connections) connection.fail(reason, undefined, closeCodes.goingAway)
    if (this.#connections.size > 0) await gone
  }

  /** Checks all connections often enough for every time limit. @returns a function that stops it. */
  #startClock(): () => void {
    const { clock, router, limits } = this.#context
    const interval = Math.max(10, Math.min(1000, (limits.heartBeat || 1000) / 4, limits.connectTimeout / 4))
    return clock.every(interval, () => {
      const now = clock.now()
      for (const connection of this.#connections) connection.check(now, interval)
      router.durables.expire()
      router.queues.expire()
    })
  }

  #left(connection: Connection): void {
    this.#connections.delete(connection)
    this.#quota.leave(connection.transport)
    if (connection.client) this.#hooks.disconnected?.(connection.client)
    if (this.#connections.size === 0) this.#allGone?.()
  }

  #turnAway(connection: Connection, full: 'broker' | 'address'): void {
    const { address } = connection.transport
    this.#context.traffic.connectionsRefused += 1
    if (full === 'address') this.#crowdedAddress = address
    connection.fail({
      message: 'Too many connections',
      detail:
        full === 'broker'
          ? 'This server accepts no more connections right now: try again later.'
          : `This server accepts no more connections from ${address} right now: try again later.`,
      headers: { code: full === 'broker' ? 'host-full' : 'address-full' },
    })
  }
}
