import { givesUpDurable } from '../destinations/durable-subscriptions.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { requireHeader, type Handler } from './handler.ts'

/**
 * UNSUBSCRIBE: by id, in 1.0 also by destination. `durable:true` or ActiveMQ's `activemq.subscriptionName` deletes a durable subscription;
 * with the name, also one that this connection does not read.
 */
export const unsubscribe: Handler = ({ format, subscriptions, context, durableOwner }, frame) => {
  const { durables } = context.router
  const { headers } = frame
  const name = headers.get('activemq.subscriptionName')
  const givenUp = name !== undefined && durables.giveUp(durableOwner, name)
  const key =
    format.version === '1.0'
      ? (headers.get('id') ?? requireHeader(frame, 'destination'))
      : givenUp
        ? (headers.get('id') ?? '')
        : requireHeader(frame, 'id')
  const { durable, destination } = subscriptions.get(key) ?? {}
  if (!subscriptions.remove(key) && !givenUp)
    throw new ProtocolError('No such subscription', 'This connection has no subscription with that id.')
  if (durable !== undefined && givesUpDurable(frame)) durables.giveUp(durableOwner, durable, destination)
}
