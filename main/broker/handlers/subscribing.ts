/** Connects a subscription to its source of messages. Each function returns one that ends the subscription. */
import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { Consumer, type AckMode } from '../connection/consumer.ts'
import type { DestinationKind } from '../destinations/destinations.ts'
import type { DurableRequest } from '../destinations/durable-subscriptions.ts'
import { RefusedError } from '../options/hooks.ts'
import { payerOf } from '../connection/payer.ts'
import { Publication } from '../frames/publication.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { Queue } from '../destinations/queue.ts'
import { replay } from './replay.ts'
import { replayHistory, type Start } from './replay-history.ts'
import type { ReadyWork } from '../transport/outbound.ts'
import type { Receiver } from '../destinations/topics.ts'
import type { Listener } from '../destinations/audience.ts'

/** A parsed SUBSCRIBE. */
export interface Request {
  /** Null if a 1.0 peer gave none. */
  id: string | null
  destination: string
  mode: AckMode
  prefetch: number
  /** Where in the history to begin; null for live messages only. */
  start: Start | null
}

/** A topic without acknowledgement. Subscribers with the same format and id share the encoded bytes. */
export const listenToTopic = (connection: Connection, request: Request): (() => void) => {
  const { outbound, format } = connection
  const { id: subscription } = request
  return follow(connection, request, { outbound, format, subscription }, () => ({
    deliver: publication => outbound.send(publication.encode(format, subscription)),
    whenReady: run => outbound.whenReady(run),
  }))
}

/**
 * Browses a queue: delivers its present messages without removing them, then a MESSAGE with `browser:end`, as ActiveMQ does. Nothing has
 * to be acknowledged.
 */
export const browseQueue = (connection: Connection, request: Request): (() => void) => {
  const { context, outbound, format } = connection
  const { id, destination } = request
  const queue = context.router.queues.find(destination)
  const end = queue?.nextPlace ?? 0
  return replay({
    start: 0,
    read: (position, limit) => queue?.read(position, limit).filter(message => message.position < end) ?? [],
    numberOf: ({ position }) => position,
    published: () => 0,
    deliver: ({ publication }) => {
      outbound.send(publication.encode(format, id))
      return publication.size
    },
    whenReady: run => outbound.whenReady(run),
    stopWaiting: run => outbound.stopWaiting(run),
    end: () => {
      const nothingMore = { destination, headers: [], body: new Uint8Array(0) }
      outbound.send(new Publication(context.nextMessageId(), nothingMore).encode(format, id, 'browser:end\n'))
      return true
    },
    failed: thrown => connection.refuse(thrown),
  })
}

/** A topic with acknowledgement: its messages go through a private queue of the subscription. */
export const consumeTopic = (connection: Connection, request: Request): (() => void) => {
  const { context, outbound } = connection
  const queue = new Queue({ limits: context.limits, budget: connection.queues.budget })
  const stopConsuming = consume(connection, request, queue)
  const receive: Receiver = publication => {
    if (!queue.add(publication, null)) failSlowReader(connection)
  }
  const stopFollowing = follow(connection, request, receive, () => ({
    deliver: receive,
    whenReady: run => queue.whenEmpty(() => outbound.whenReady(run)),
  }))
  return () => {
    stopFollowing()
    stopConsuming()
    queue.close()
  }
}

/** A topic through a queue that outlives the connection. */
export const readDurable = (
  connection: Connection,
  request: Request,
  { name, kept }: DurableRequest,
): (() => void) => {
  const { context, durableOwner: owner } = connection
  const { destination } = request
  const { queue, leave } = context.router.durables.read(
    { owner, destination, name },
    kept,
    payerOf(connection),
  )
  const stopConsuming = consume(connection, request, queue)
  return () => {
    stopConsuming()
    leave()
  }
}

/** A shared queue: each message goes to one of its consumers. */
export const consumeQueue = (connection: Connection, request: Request): (() => void) =>
  consume(
    connection,
    request,
    connection.context.router.queues.open(request.destination, payerOf(connection)),
  )

/** Adds a consumer to a queue. */
export const consume = (connection: Connection, request: Request, queue: Queue): (() => void) => {
  const { outbound, format, queues } = connection
  const { id: subscription, mode, prefetch } = request
  const id = queues.nextConsumerId()
  const gone = (): void => void queues.consumers.delete(id)
  const consumer = new Consumer({ id, subscription, queue, mode, prefetch, outbound, format, gone })
  queues.consumers.set(id, consumer)
  return () => consumer.close()
}

/** Closes a connection whose private queue is full. */
export const failSlowReader = (connection: Connection): void =>
  connection.fail({
    message: 'Too far behind',
    detail: 'Too many messages are unread or unacknowledged. Read them, or send ACK, sooner.',
  })

/** Delivers a history to a subscription. */
interface HistoryReader {
  deliver: Receiver
  /** Calls `run` once, in a later tick, when it can take more. */
  whenReady: (run: ReadyWork) => void
}

/** Subscribes to a topic, after replaying its history if it has one and the request asks for it. */
const follow = (
  connection: Connection,
  { destination, start }: Request,
  listener: Listener | Receiver,
  openReader: () => HistoryReader,
): (() => void) => {
  const { context, outbound } = connection
  const { topics } = context.router
  const store = start === null ? null : context.router.historyOf(destination)
  if (start === null || !store) return topics.subscribe(destination, listener)
  return replayHistory({
    store,
    topics,
    destination,
    start,
    nextMessageId: () => context.nextMessageId(),
    ...openReader(),
    stopWaiting: run => outbound.stopWaiting(run),
    failed: thrown => connection.refuse(thrown),
    listener,
  })
}

/**
 * @throws {ProtocolError} if the key is taken.
 * @throws {RefusedError} if the connection has the most subscriptions allowed; it may go on with those.
 */
export const checkNewSubscription = ({ subscriptions, context }: Connection, key: string): void => {
  const known = subscriptions.get(key)
  if (known && !known.ended)
    throw new ProtocolError('Subscription exists', 'This connection already has a subscription with that id.')
  const { subscriptions: most } = context.limits
  if (!known && subscriptions.size >= most)
    throw new RefusedError({
      message: 'Too many subscriptions',
      detail: `A connection may have ${most} subscriptions.`,
      headers: { code: 'too-many-subscriptions' },
    })
}

/** @returns whether a SEND or SUBSCRIBE asks for a history of its destination: `x-queue-type:stream`. */
export const asksForHistory = (frame: Frame, kind: DestinationKind): boolean =>
  (kind === 'topic' || kind === 'queue') && frame.headers.get('x-queue-type') === 'stream'
