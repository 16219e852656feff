import { RefusedError } from '../hooks.ts'
import { ProtocolError } from '../protocol-error.ts'
import { Publication } from '../publication.ts'
import { destinationKind } from '../destinations.ts'
import { requireHeader, type Handler } from './handler.ts'

/** SEND: to the application's handlers, or to whoever subscribes. */
export const send: Handler = (connection, frame) => {
  const { context, client } = connection
  const { hooks, topics } = context
  const destination = requireHeader(frame, 'destination')
  if (!client) return
  switch (destinationKind(destination)) {
    case 'app':
      if (!hooks.handleSend)
        throw new ProtocolError('Unknown destination', 'No application answers /app/ here.')
      return hooks.handleSend(client, { destination, headers: frame.headers, body: frame.body })
    case 'topic': {
      const refusal = hooks.refuseSend?.(client, destination)
      if (refusal) throw new RefusedError(refusal)
      topics.publish(
        new Publication(context.nextMessageId(), { destination, headers: frame.headers, body: frame.body }),
      )
      return
    }
    case 'user':
      throw new ProtocolError('Not allowed', 'Nobody but the application sends to /user/.')
  }
}
