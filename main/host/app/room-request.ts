/** Requests about rooms: answered on `/user/queue/replies`, refused on `/user/queue/errors`, both with the request's own id. */
import { z } from 'zod'
import { roomIdSchema } from '../../../shared/contract/model.ts'
import { RefusedError, type Awaitable, type Client } from '../../broker/options/hooks.ts'
import { storageRefusal } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext, SendHandler } from './context.ts'
import { check, jsonMessage, readJson } from '../wire/json-body.ts'

/** Comes back with the answer, so that the client knows to which request it belongs. */
const referenceSchema = z.object({ requestId: z.string().min(1).max(200) })

/** What every request about a room that there is names. */
export const roomFields = { roomId: roomIdSchema }

/**
 * @param schema of the body; unknown fields are left out.
 * @param carryOut does it. @returns the room as it is then.
 */
export const roomRequest =
  <Schema extends z.ZodType>(
    schema: Schema,
    carryOut: (
      context: AppContext,
      client: Client,
      body: z.output<Schema>,
      requestId: string | undefined,
    ) => Awaitable<Room>,
  ): SendHandler =>
  (context, client, message) => {
    const json = readJson(message.body)
    const reference = referenceSchema.safeParse(json).data
    const answer = (room: Room): void => {
      const view = context.events.view(room, client.principal.id)
      client.sendToUser('/user/queue/replies', jsonMessage({ ...reference, room: view }))
    }
    const refuse = (thrown: unknown): never => {
      const { message: why, headers } =
        thrown instanceof RefusedError ? thrown.refusal : storageRefusal(context.history.failure(thrown))
      throw new RefusedError({ message: why, headers: { ...headers, ...reference } })
    }
    try {
      const room = carryOut(context, client, check(schema, json), reference?.requestId)
      if (room instanceof Promise) return room.then(answer).catch(refuse)
      answer(room)
      return undefined
    } catch (thrown) {
      return refuse(thrown)
    }
  }
