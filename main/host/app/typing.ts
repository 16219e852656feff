/** SEND `/app/typing`: somebody has begun to type in a room, is still at it, or has stopped. */
import { z } from 'zod'
import type { SendHandler } from './context.ts'
import { parseBody } from '../wire/json-body.ts'
import { roomFields } from './room-request.ts'

const bodySchema = z.object({ ...roomFields, typing: z.boolean().nullish() })

export const tellTyping: SendHandler = ({ access, typing }, { principal }, message) => {
  const body = parseBody(bodySchema, message.body)
  const { roomId } = access.writable(body.roomId, principal.id)
  if (body.typing ?? true) typing.started(roomId, principal)
  else typing.stopped(roomId, principal)
}
