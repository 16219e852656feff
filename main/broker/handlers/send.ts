import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Connection } from '../connection/connection.ts'
import { destinationKind } from '../destinations/destinations.ts'
import { RefusedError } from '../options/hooks.ts'
import { payerOf } from '../connection/payer.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { Publication, sendersHeaders } from '../frames/publication.ts'
import { openReplyQueue, withReplyAddress } from './replies.ts'
import { asksForHistory } from './subscribing.ts'
import { nothing, type Work } from '../destinations/work.ts'
import { requireHeader } from './handler.ts'
import { transactional } from './transaction.ts'

/** SEND: to the application, or to the subscribers of the destination. */
export const send = transactional((connection, sent) => {
  const frame = withReplyAddress(connection, sent)
  const destination = requireHeader(frame, 'destination')
  const kind = destinationKind(destination)
  switch (kind) {
    case 'app':
      return toApplication(connection, frame, destination)
    case 'topic':
    case 'queue':
    case 'reply-queue':
      checkAllowed(connection, destination)
      return connection.context.router.reserve(
        publicationOf(connection, frame, destination),
        kind,
        payerOf(connection),
        asksForHistory(frame, kind),
      )
    case 'temp-queue': {
      const { queue } = openReplyQueue(connection, destination)
      return connection.context.router.reserveIn(queue, publicationOf(connection, frame, destination), null)
    }
    case 'user':
      throw new ProtocolError('Not allowed', 'Only the application may send to /user/.')
  }
})

const toApplication = (connection: Connection, frame: Frame, destination: string): Work => {
  const { client, context } = connection
  const { hooks } = context
  if (!client || !hooks.handleSend)
    throw new ProtocolError('Unknown destination', 'This broker has no application that answers /app/.')
  return {
    run: () => {
      context.traffic.requestsReceived++
      if (hooks.isSequential?.(destination)) connection.hold()
      return hooks.handleSend?.(client, { destination, headers: frame.headers, body: frame.body })
    },
    release: nothing,
  }
}

const checkAllowed = ({ client, context }: Connection, destination: string): void => {
  const refusal = client && context.hooks.refuseSend?.(client, destination)
  if (refusal) throw new RefusedError(refusal)
}

const publicationOf = ({ context }: Connection, { headers, body }: Frame, destination: string): Publication =>
  new Publication(context.nextMessageId(), { destination, headers: sendersHeaders(headers), body })
