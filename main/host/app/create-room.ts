/** SEND `/app/room/create`: makes a room; the answer comes on `/user/queue/replies`. */
import { z } from 'zod'
import { RefusedError } from '../../broker/hooks.ts'
import { displayNameSchema } from '../display-name.ts'
import { storageRefusal } from '../refusal.ts'
import { hostRoomIdSchema } from '../room-id.ts'
import type { SendHandler } from './context.ts'
import { jsonMessage, parseBody } from './json-body.ts'

const bodySchema = z.looseObject({
  name: displayNameSchema,
  roomId: hostRoomIdSchema.nullish(),
  /** Comes back with the answer, so that the client knows to which request it belongs. */
  requestId: z.string().min(1).max(200).nullish(),
})

export const createRoom: SendHandler = ({ history, rooms }, client, message) => {
  const { name, roomId, requestId } = parseBody(bodySchema, message.body)
  const reference: Record<string, string> = requestId ? { requestId } : {}
  try {
    const room = rooms.create(name, roomId ?? undefined)
    client.sendToUser('/user/queue/replies', jsonMessage({ ...reference, room }))
  } catch (thrown) {
    const { message: why, headers } =
      thrown instanceof RefusedError ? thrown.refusal : storageRefusal(history.failure(thrown))
    throw new RefusedError({ message: why, headers: { ...headers, ...reference } })
  }
}
