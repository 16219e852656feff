import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import type { Consumer, Outcome } from '../connection/consumer.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { requireHeader } from './handler.ts'
import { transactional } from './transaction.ts'

interface Delivery {
  consumer: Consumer
  messageId: string
}

/**
 * Finds the delivery that a frame refers to: 1.2 uses the MESSAGE's `ack` header, older versions message-id and subscription. Some 1.2
 * clients send the message-id instead, which is accepted where it is unambiguous.
 * @throws {ProtocolError} if no delivery matches.
 */
const findDelivery = ({ format, queues }: Connection, frame: Frame): Delivery => {
  const is12 = format.version === '1.2'
  const id = requireHeader(frame, is12 ? 'id' : 'message-id')
  const dash = id.indexOf('-')
  const messageId = id.slice(dash + 1)
  const consumer = is12 ? queues.consumers.get(id.slice(0, dash)) : undefined
  if (consumer?.has(messageId)) return { consumer, messageId }

  const subscription = frame.headers.get('subscription')
  const named = [...queues.consumers.values()].filter(
    each => each.has(id) && (subscription === undefined || each.subscription === subscription),
  )
  if (named[0] && (named.length === 1 || !is12)) return { consumer: named[0], messageId: id }
  throw new ProtocolError(
    'No such message',
    named.length > 1
      ? `${frame.command} names a message that several subscriptions have: use its ack header as the id.`
      : `${frame.command} does not match an unconfirmed message: it is confirmed already, or its subscription has ended.`,
  )
}

const acknowledge = (outcomeOf: (frame: Frame) => Outcome) =>
  transactional(
    (connection, frame) => {
      const { consumer, messageId } = findDelivery(connection, frame)
      const claimed = consumer.claim(messageId)
      return {
        run: () => consumer.settle(claimed, outcomeOf(frame)),
        release: () => consumer.unclaim(claimed),
      }
    },
    (connection, frame) => {
      const { consumer, messageId } = findDelivery(connection, frame)
      return consumer.hold(messageId)
    },
  )

export const ack = acknowledge(() => 'confirmed')
/** As in RabbitMQ, `requeue:false` rejects a message for good. */
export const nack = acknowledge(({ headers }) => (headers.get('requeue') === 'false' ? 'rejected' : 'failed'))
