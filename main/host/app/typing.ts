/** SEND `/app/typing`: the person has started or stopped typing in a room. */
import type { SendHandler } from './context.ts'
import { parseRequest } from '../wire/json-body.ts'

export const tellTyping: SendHandler = ({ access, typing }, { principal }, message) => {
  const body = parseRequest('/app/typing', message.body)
  const { roomId } = access.writable(body.roomId, principal.id)
  if (body.typing ?? true) typing.started(roomId, principal)
  else typing.stopped(roomId, principal.id)
}
