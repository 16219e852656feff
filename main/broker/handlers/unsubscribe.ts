import { ProtocolError } from '../protocol-error.ts'
import { requireHeader, type Handler } from './handler.ts'

/** UNSUBSCRIBE: by id; 1.0 may name the destination instead. */
export const unsubscribe: Handler = (connection, frame) => {
  const key =
    connection.format.version === '1.0'
      ? (frame.headers.get('id') ?? requireHeader(frame, 'destination'))
      : requireHeader(frame, 'id')
  if (!connection.subscriptions.remove(key))
    throw new ProtocolError('No such subscription', 'This connection has no subscription with that id.')
}
