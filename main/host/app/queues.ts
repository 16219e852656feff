/** Queues and streams that clients have created: owners of the host may list and delete them. */
import type { QueueList } from '../../../shared/protocol/events.ts'
import { jsonMessage, parseRequest } from '../wire/json-body.ts'
import { refused } from '../wire/refusal.ts'
import type { AppContext, SendHandler, SubscribeHandler } from './context.ts'

/** The most entries of the list, which is a single MESSAGE. */
const mostListed = 200

const requireOwner = ({ access }: AppContext, personId: string): void => {
  if (!access.ownsHost(personId))
    throw refused('not-allowed', 'only an owner of the host may list and delete queues')
}

/** SUBSCRIBE `/app/queues`: answers once with the largest queues and streams. */
export const listQueues: SubscribeHandler = (context, { principal }) => {
  requireOwner(context, principal.id)
  const queues = context.destinations.openedDestinations()
  const answer: QueueList = {
    queues: queues.slice(0, mostListed),
    more: Math.max(0, queues.length - mostListed),
  }
  return [jsonMessage(answer)]
}

/** SEND `/app/queue/delete`: deletes a queue or stream with its messages. */
export const deleteQueue: SendHandler = (context, { principal }, message) => {
  const { destination } = parseRequest('/app/queue/delete', message.body)
  requireOwner(context, principal.id)
  if (!context.destinations.removeDestination(destination))
    throw refused('not-found', `there is no queue or stream ${destination}: SUBSCRIBE /app/queues lists them`)
}
