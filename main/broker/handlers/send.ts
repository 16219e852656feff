import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection.ts'
import { RefusedError } from '../hooks.ts'
import { ProtocolError } from '../protocol-error.ts'
import { Publication } from '../publication.ts'
import { destinationKind } from '../destinations.ts'
import type { Work } from '../transactions.ts'
import { requireHeader } from './handler.ts'
import { transactional } from './transaction.ts'

/** SEND: to the application's handlers, or to whoever subscribes. */
export const send = transactional((connection, frame) => {
  const destination = requireHeader(frame, 'destination')
  switch (destinationKind(destination)) {
    case 'app':
      return toApplication(connection, frame, destination)
    case 'topic':
      checkAllowed(connection, destination)
      return () => connection.context.topics.publish(publicationOf(connection, frame, destination))
    case 'queue': {
      checkAllowed(connection, destination)
      const { queues } = connection.context
      return () => {
        if (!queues.open(destination).add(publicationOf(connection, frame, destination)))
          throw new ProtocolError(
            'Queue is full',
            'Nobody takes the messages of this queue: send again later.',
          )
      }
    }
    case 'user':
      throw new ProtocolError('Not allowed', 'Nobody but the application sends to /user/.')
  }
})

const toApplication = ({ client, context }: Connection, frame: Frame, destination: string): Work => {
  const { hooks } = context
  if (!client || !hooks.handleSend)
    throw new ProtocolError('Unknown destination', 'No application answers /app/ here.')
  return () => hooks.handleSend?.(client, { destination, headers: frame.headers, body: frame.body })
}

const checkAllowed = ({ client, context }: Connection, destination: string): void => {
  const refusal = client && context.hooks.refuseSend?.(client, destination)
  if (refusal) throw new RefusedError(refusal)
}

const publicationOf = ({ context }: Connection, { headers, body }: Frame, destination: string): Publication =>
  new Publication(context.nextMessageId(), { destination, headers, body })
