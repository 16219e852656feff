/** Requests that are answered on `/user/queue/replies` or refused on `/user/queue/errors`, both with the request's id. */
import { repliesDestination } from '../../../shared/protocol/destinations.ts'
import type { Reply } from '../../../shared/protocol/events.ts'
import {
  referenceSchema,
  requestSchema,
  type AnsweredDestination,
  type RequestBody,
  type RoomRequestDestination,
} from '../../../shared/protocol/requests.ts'
import { RefusedError, type Client } from '../../broker/options/hooks.ts'
import { storageRefusal } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext, SendHandler } from './context.ts'
import { check, jsonMessage, readJson } from '../wire/json-body.ts'

type CarryOut<Destination extends AnsweredDestination, Answer> = (
  context: AppContext,
  client: Client,
  body: RequestBody<Destination>,
  requestId: string | undefined,
) => Answer | Promise<Answer>

/**
 * Answers a request.
 * @param destination the request; unknown fields of its body are dropped.
 * @param carryOut carries it out. @returns the answer, without the request's id.
 */
export const answeredRequest =
  <Destination extends AnsweredDestination>(
    destination: Destination,
    carryOut: CarryOut<Destination, object>,
  ): SendHandler =>
  (context, client, message) => {
    const json = readJson(message.body)
    const reference = referenceSchema.safeParse(json).data
    const answer = (reply: object): void => {
      client.sendToUser(repliesDestination, jsonMessage({ ...reference, ...reply }))
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

/**
 * Answers a request about a room, as {@link answeredRequest}.
 * @param carryOut carries it out. @returns the room after the change.
 */
export const roomRequest = <Destination extends RoomRequestDestination>(
  destination: Destination,
  carryOut: CarryOut<Destination, Room>,
): SendHandler =>
  answeredRequest(destination, async (context, client, ...request): Promise<Reply> => {
    const room = await carryOut(context, client, ...request)
    return { room: context.events.view(room, client.principal.id) }
  })
