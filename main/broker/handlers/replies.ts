/** Request and answer: `reply-to:/temp-queue/<name>`. */
import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import type { ReplyQueue } from '../destinations/reply-queues.ts'
import { checkNewSubscription, consume, failBehind, type Request } from './subscribing.ts'

/** A queue of the connection's own, for answers. @returns what ends it. */
export const consumeReplies = (connection: Connection, request: Request): (() => void) =>
  consume(connection, request, openReplyQueue(connection, request.destination).queue)

/** @returns the connection's queue of that name, a new one where there is none. @throws {ProtocolError} where there are too many. */
export const openReplyQueue = (connection: Connection, destination: string): ReplyQueue => {
  const { queues, context } = connection
  const { replyQueues, budget } = queues
  const present = replyQueues.get(destination)
  if (present) return present
  if (replyQueues.size >= context.limits.subscriptions)
    throw new ProtocolError(
      'Too many queues',
      `A connection may have ${context.limits.subscriptions} queues for answers.`,
    )
  const replyQueue = context.router.replyQueues.open(destination, budget, () => failBehind(connection))
  replyQueues.set(destination, replyQueue)
  return replyQueue
}

/** Who sends with a `reply-to` gets the answers under the queue's name, unless they subscribe themselves; RabbitMQ does the same. */
const subscribeToReplies = (connection: Connection, destination: string): void => {
  const { subscriptions, context } = connection
  if (subscriptions.to(destination)) return
  checkNewSubscription(connection, destination)
  const { prefetch } = context.limits
  const request = { id: destination, destination, mode: 'auto', prefetch, start: null } as const
  const cancel = consumeReplies(connection, request)
  subscriptions.add(destination, { id: destination, destination, cancel, unasked: true })
}

/** A SUBSCRIBE of the peer's own takes the place of the one it got unasked. */
export const endUnaskedReplies = (connection: Connection, destination: string): void => {
  if (connection.subscriptions.get(destination)?.unasked) connection.subscriptions.remove(destination)
}

/** `reply-to:/temp-queue/<name>` goes out as an address that others can send to; the sender gets what comes there. */
export const withReplyAddress = (connection: Connection, frame: Frame): Frame => {
  const replyTo = frame.headers.get('reply-to')
  if (!replyTo?.startsWith('/temp-queue/')) return frame
  const { address } = openReplyQueue(connection, replyTo)
  subscribeToReplies(connection, replyTo)
  return { ...frame, headers: new Map(frame.headers).set('reply-to', address) }
}
