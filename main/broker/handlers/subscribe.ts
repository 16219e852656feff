import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { ackModes, type AckMode } from '../connection/consumer.ts'
import { destinationKind, type DestinationKind } from '../destinations/destinations.ts'
import { parseDurable } from '../destinations/durable-subscriptions.ts'
import { RefusedError, type Client } from '../options/hooks.ts'
import { payerOf } from '../connection/payer.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { parseStart } from './replay-history.ts'
import { consumeReplies, endUnaskedReplies } from './replies.ts'
import {
  asksForHistory,
  browseQueue,
  checkNewSubscription,
  consumeQueue,
  consumeTopic,
  listenToTopic,
  readDurable,
  type Request,
} from './subscribing.ts'
import type { Subscription } from '../connection/subscriptions.ts'
import { requireHeader, type Handler } from './handler.ts'

/** SUBSCRIBE: delivers the history, if requested, and then everything that is published to the destination. */
export const subscribe: Handler = (connection, frame) => {
  const { client } = connection
  if (!client) return
  const request = parse(connection, frame)
  const { id, destination, mode } = request
  const key = id ?? destination
  const kind = destinationKind(destination)
  const { hooks, router } = connection.context
  const refusal = hooks.refuseSubscribe?.(client, destination)
  if (refusal) throw new RefusedError(refusal)
  if (mode !== 'auto' && (kind === 'user' || kind === 'app'))
    throw new ProtocolError(
      'Unknown ack mode',
      `Messages of /${kind}/ can’t be acknowledged: ack must be auto.`,
    )
  if (kind === 'temp-queue') endUnaskedReplies(connection, destination)
  checkNewSubscription(connection, key)
  // Only a peer that may send to a destination can make it keep a history.
  if (asksForHistory(frame, kind) && !hooks.refuseSend?.(client, destination))
    router.keepHistory(destination, payerOf(connection))
  const durable = kind === 'topic' ? parseDurable(frame, id) : null
  const cancel = durable
    ? readDurable(connection, request, durable)
    : begin(connection, kind, request, frame.headers.get('browser') === 'true')
  const subscription = { id, destination, cancel, durable: durable?.name }
  connection.subscriptions.add(key, subscription)
  return kind === 'app' ? answer(connection, client, subscription, key) : undefined
}

const parse = ({ format, context }: Connection, frame: Frame): Request => {
  const destination = requireHeader(frame, 'destination')
  const id = format.version === '1.0' ? (frame.headers.get('id') ?? null) : requireHeader(frame, 'id')
  return {
    id,
    destination,
    mode: parseMode(frame.headers.get('ack')),
    prefetch: parsePrefetch(frame.headers.get('prefetch-count'), context.limits.prefetch),
    start: parseStart(frame.headers.get('x-stream-offset')),
  }
}

/** As in RabbitMQ, 0 means as many as allowed. */
const parsePrefetch = (header: string | undefined, most: number): number => {
  if (header === undefined) return most
  if (!/^\d{1,9}$/.test(header))
    throw new ProtocolError('Bad prefetch-count', 'prefetch-count is a number of messages, 0 for any.')
  return Math.min(Number(header) || most, most)
}

const parseMode = (header = 'auto'): AckMode => {
  const mode = ackModes.find(candidate => candidate === header)
  if (mode) return mode
  throw new ProtocolError('Unknown ack mode', `The header ack must be one of ${ackModes.join(', ')}.`)
}

/** @returns a function that ends the subscription. */
const begin = (
  connection: Connection,
  kind: DestinationKind,
  request: Request,
  browses: boolean,
): (() => void) => {
  switch (kind) {
    case 'topic':
      return request.mode === 'auto' ? listenToTopic(connection, request) : consumeTopic(connection, request)
    case 'queue':
      if (connection.context.router.historyOf(request.destination))
        return begin(connection, 'topic', request, browses)
      return browses ? browseQueue(connection, request) : consumeQueue(connection, request)
    case 'temp-queue':
      return consumeReplies(connection, request)
    case 'reply-queue':
      throw new ProtocolError('Not allowed', 'Replies are read from the /temp-queue/ named in reply-to.')
    case 'user':
    case 'app':
      return () => undefined
  }
}

/** Delivers the application's answer, unless the subscription has ended meanwhile. A refused subscription is removed. */
const answer = async (
  connection: Connection,
  client: Client,
  subscription: Subscription,
  key: string,
): Promise<void> => {
  const { subscriptions, context } = connection
  try {
    const messages = (await context.hooks.handleSubscribe?.(client, subscription.destination)) ?? []
    if (subscriptions.get(key) !== subscription) return
    for (const message of messages) connection.deliver(subscription, message)
  } catch (thrown) {
    if (subscriptions.get(key) === subscription) subscriptions.remove(key)
    throw thrown
  }
}
