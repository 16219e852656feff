/**
 * Requests about rooms: answered on `/user/queue/replies` or refused on `/user/queue/errors`, both with the request's
 * id.
 */
import { repliesDestination } from '../../../shared/protocol/destinations.ts'
import type { Reply } from '../../../shared/protocol/events.ts'
import {
  referenceSchema,
  requestSchema,
  type RequestBody,
  type RoomRequestDestination,
} from '../../../shared/protocol/requests.ts'
import { RefusedError, type Client } from '../../broker/options/hooks.ts'
import { storageRefusal } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext, SendHandler } from './context.ts'
import { check, jsonMessage, readJson } from '../wire/json-body.ts'

/**
 * Answers a request about a room.
 * @param destination the request; unknown fields of its body are dropped.
 * @param carryOut carries it out. @returns the room after the change.
 */
export const roomRequest =
  <Destination extends RoomRequestDestination>(
    destination: Destination,
    carryOut: (
      context: AppContext,
      client: Client,
      body: RequestBody<Destination>,
      requestId: string | undefined,
    ) => Room | Promise<Room>,
  ): SendHandler =>
  (context, client, message) => {
    const json = readJson(message.body)
    const reference = referenceSchema.safeParse(json).data
    const answer = (room: Room): void => {
      const reply: Reply = { ...reference, room: context.events.view(room, client.principal.id) }
      client.sendToUser(repliesDestination, jsonMessage(reply))
    }
    const refuse = (thrown: unknown): never => {
      const { message: why, headers } =
        thrown instanceof RefusedError ? thrown.refusal : storageRefusal(context.failure(thrown))
      throw new RefusedError({ message: why, headers: { ...headers, ...reference } })
    }
    return context.turns
      .take(() => carryOut(context, client, check(requestSchema(destination), json), reference?.requestId))
      .then(answer)
      .catch(refuse)
  }
