/** Request and reply: `reply-to:/temp-queue/<name>`. */
import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import type { ReplyQueue } from '../destinations/reply-queues.ts'
import { checkNewSubscription, consume, failSlowReader, type Request } from './subscribing.ts'

/** Subscribes to a reply queue of the connection. @returns a function that ends it. */
export const consumeReplies = (connection: Connection, request: Request): (() => void) =>
  consume(connection, request, openReplyQueue(connection, request.destination).queue)

/** @returns the connection's queue of that name, created if needed. @throws {ProtocolError} if it has too many. */
export const openReplyQueue = (connection: Connection, destination: string): ReplyQueue => {
  const { queues, context } = connection
  const { replyQueues, budget } = queues
  const present = replyQueues.get(destination)
  if (present) return present
  if (replyQueues.size >= context.limits.subscriptions)
    throw new ProtocolError(
      'Too many queues',
      `A connection may have ${context.limits.subscriptions} reply queues.`,
    )
  const replyQueue = context.router.replyQueues.open(destination, budget, () => failSlowReader(connection))
  replyQueues.set(destination, replyQueue)
  return replyQueue
}

/** Subscribes the sender of a `reply-to` to the replies, under the queue's name, unless it subscribes itself; RabbitMQ does the same. */
const subscribeToReplies = (connection: Connection, destination: string): void => {
  const { subscriptions, context } = connection
  if (subscriptions.to(destination)) return
  checkNewSubscription(connection, destination)
  const { prefetch } = context.limits
  const request = { id: destination, destination, mode: 'auto', prefetch, start: null } as const
  const cancel = consumeReplies(connection, request)
  subscriptions.add(destination, { id: destination, destination, cancel, unasked: true })
}

/** The peer's own SUBSCRIBE replaces the implicit subscription. */
export const endUnaskedReplies = (connection: Connection, destination: string): void => {
  if (connection.subscriptions.get(destination)?.unasked) connection.subscriptions.remove(destination)
}

/** Replaces `reply-to:/temp-queue/<name>` with an address that others can send to; replies go to the sender. */
export const withReplyAddress = (connection: Connection, frame: Frame): Frame => {
  const replyTo = frame.headers.get('reply-to')
  if (!replyTo?.startsWith('/temp-queue/')) return frame
  const { address } = openReplyQueue(connection, replyTo)
  subscribeToReplies(connection, replyTo)
  return { ...frame, headers: new Map(frame.headers).set('reply-to', address) }
}
