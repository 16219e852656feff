import type { Connection, Subscription } from '../connection.ts'
import { RefusedError, type Client } from '../hooks.ts'
import { destinationKind } from '../destinations.ts'
import { ProtocolError } from '../protocol-error.ts'
import { Publication } from '../publication.ts'
import { replay, startOffset } from '../replay.ts'
import { requireHeader, type Handler } from './handler.ts'

/** SUBSCRIBE: from here on the subscription gets what is published there, after its history where it asks for that. */
export const subscribe: Handler = (connection, frame) => {
  const { client, context, subscriptions, format } = connection
  if (!client) return
  const destination = requireHeader(frame, 'destination')
  const id = format.version === '1.0' ? (frame.headers.get('id') ?? null) : requireHeader(frame, 'id')
  const key = id ?? destination
  if (subscriptions.has(key))
    throw new ProtocolError('Subscription exists', 'This connection has a subscription with that id already.')
  if (subscriptions.size >= context.limits.subscriptions)
    throw new ProtocolError(
      'Too many subscriptions',
      `A connection may have ${context.limits.subscriptions} subscriptions.`,
    )
  const kind = destinationKind(destination)
  const refusal = context.hooks.refuseSubscribe?.(client, destination)
  if (refusal) throw new RefusedError(refusal)
  const ack = frame.headers.get('ack') ?? 'auto'
  if (ack !== 'auto') throw new ProtocolError('Unknown ack mode', 'The header ack is one of: auto.')

  const add = (cancel: () => void): Subscription => {
    const subscription = { id, destination, cancel }
    subscriptions.set(key, subscription)
    return subscription
  }
  switch (kind) {
    case 'topic':
      add(listen(connection, destination, id, frame.headers.get('x-stream-offset')))
      return
    case 'user':
      add(() => undefined)
      return
    case 'app': {
      const subscription = add(() => undefined)
      return answer(connection, client, subscription, key)
    }
  }
}

/** Delivers the application's answer, unless the subscription has ended meanwhile; a refused one does not stay. */
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
    subscriptions.delete(key)
    throw thrown
  }
}

/** Subscribes to a topic, after the history from `start` on where it keeps one. @returns what ends it. */
const listen = (
  connection: Connection,
  destination: string,
  subscription: string | null,
  start: string | undefined,
): (() => void) => {
  const { outbound, format, context } = connection
  const { topics, streams } = context
  const listener = { outbound, format, subscription }
  if (start === undefined || !streams?.has(destination)) return topics.subscribe(destination, listener)
  let cancel = (): void => stop()
  const stop = replay({
    store: streams,
    destination,
    offset: startOffset(streams, destination, start),
    outbound,
    deliver: entry => {
      const message = {
        destination,
        headers: Object.entries(entry.headers),
        body: entry.body,
        offset: entry.offset,
      }
      outbound.send(new Publication(context.nextMessageId(), message).encode(format, subscription))
    },
    live: next => {
      cancel = topics.subscribe(destination, listener, next)
    },
  })
  return () => cancel()
}
