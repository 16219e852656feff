import { ProtocolError } from '../frames/protocol-error.ts'
import { ack, nack } from './acknowledge.ts'
import { connect } from './connect.ts'
import { disconnect } from './disconnect.ts'
import type { Handler } from './handler.ts'
import { send } from './send.ts'
import { subscribe } from './subscribe.ts'
import { abort, begin, commit } from './transaction.ts'
import { unsubscribe } from './unsubscribe.ts'

const handlers: ReadonlyMap<string, Handler> = new Map([
  ['CONNECT', connect],
  ['STOMP', connect],
  ['SEND', send],
  ['SUBSCRIBE', subscribe],
  ['UNSUBSCRIBE', unsubscribe],
  ['ACK', ack],
  ['NACK', nack],
  ['BEGIN', begin],
  ['COMMIT', commit],
  ['ABORT', abort],
  ['DISCONNECT', disconnect],
])

/** Passes each frame to its handler. The first frame of a connection must be CONNECT or STOMP. */
export const dispatch: Handler = (connection, frame) => {
  const handler = handlers.get(frame.command)
  if (!handler) throw new ProtocolError('Unknown command', `${frame.command} is not a STOMP client command.`)
  if (connection.phase === 'connecting' && handler !== connect)
    throw new ProtocolError('Not connected', 'The first frame of a connection must be CONNECT or STOMP.')
  return handler(connection, frame)
}
