import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection.ts'
import type { Consumer } from '../consumer.ts'
import { ProtocolError } from '../protocol-error.ts'
import { requireHeader } from './handler.ts'
import { transactional } from './transaction.ts'

/** Finds the delivery that a frame speaks of: 1.2 names it by the MESSAGE's `ack`, older ones by message-id (and subscription). */
const findDelivery = (
  connection: Connection,
  frame: Frame,
): { consumer: Consumer; messageId: string } | null => {
  if (connection.format.version === '1.2') {
    const id = requireHeader(frame, 'id')
    const dash = id.indexOf('-')
    const consumer = connection.queues.consumers.get(id.slice(0, dash))
    const messageId = id.slice(dash + 1)
    return consumer?.has(messageId) ? { consumer, messageId } : null
  }
  const messageId = requireHeader(frame, 'message-id')
  const subscription = frame.headers.get('subscription')
  for (const consumer of connection.queues.consumers.values())
    if ((subscription === undefined || consumer.subscription === subscription) && consumer.has(messageId))
      return { consumer, messageId }
  return null
}

const acknowledge = (confirmed: boolean) =>
  transactional((connection, frame) => {
    const delivery = findDelivery(connection, frame)
    if (!delivery)
      throw new ProtocolError(
        'No such message',
        `${frame.command} names no message that waits for it: it was confirmed already, or its subscription has ended.`,
      )
    const { consumer, messageId } = delivery
    const claimed = consumer.claim(messageId)
    return {
      run: () => consumer.settle(claimed, confirmed),
      release: () => consumer.unclaim(claimed),
    }
  })

export const ack = acknowledge(true)
export const nack = acknowledge(false)
