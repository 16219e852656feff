/** SEND `/app/chat/delete`: a message's text goes; a tombstone stays in its place. For its sender, and for moderators. */
import { z } from 'zod'
import { deletedType, deletionType, messageIdSchema } from '../../../shared/contract/model.ts'
import { RefusedError } from '../../broker/options/hooks.ts'
import { rankOf } from '../rooms/access.ts'
import { makeMessageId } from '../../../shared/protocol/message-id.ts'
import { refused, storageRefusal } from '../wire/refusal.ts'
import { roomDestination } from '../wire/room-topics.ts'
import { maxOffset } from '../history/heads.ts'
import type { FoundMessage } from '../history/messages.ts'
import type { SendHandler } from './context.ts'
import { parseBody } from '../wire/json-body.ts'
import { roomFields } from './room-request.ts'

const bodySchema = z.object({
  ...roomFields,
  offset: z.int().min(0).max(maxOffset).nullish(),
  id: messageIdSchema.nullish(),
})
type Body = z.infer<typeof bodySchema>

/** What of a message's body its tombstone keeps. */
const keptSchema = z.object({
  type: z.string(),
  sender: z.string(),
  senderId: z.string(),
  sentAt: z.string(),
})

const placeOf = ({ offset, id }: Body): { offset: number } | { messageId: string } => {
  if (typeof offset === 'number') return { offset }
  if (id) return { messageId: id }
  throw refused('input-invalid', 'offset: say which message is meant, by offset or by id')
}

const tombstoneOf = ({ offset, messageId, body }: FoundMessage, roomId: string): string => {
  const { type, ...kept } = keptSchema.parse(JSON.parse(Buffer.from(body).toString()))
  if (type === deletionType) throw refused('input-invalid', 'a deletion can’t be deleted')
  return JSON.stringify({ roomId, id: messageId, type: deletedType, ...kept, offset })
}

export const deleteMessage: SendHandler = async ({ history, access, publish }, client, message) => {
  const body = parseBody(bodySchema, message.body)
  const { id: senderId, name: sender } = client.principal
  const { roomId } = body
  const room = access.readable(roomId, senderId)
  const found = history.messages.find(roomId, placeOf(body))
  if (!found) throw refused('not-found', 'there is no such message in the room')
  if (found.senderId !== senderId && rankOf(access.roleIn(room, senderId)) < rankOf('moderator'))
    throw refused('not-allowed', 'only its sender or a moderator deletes a message')
  if (found.erased) return
  const { offset, messageId } = found
  const id = makeMessageId()
  const stored = await history.messages
    .append({
      roomId,
      senderId,
      messageId: id,
      erases: { offset, body: tombstoneOf(found, roomId) },
      body: stamp =>
        JSON.stringify({
          roomId,
          id,
          type: deletionType,
          target: messageId,
          targetOffset: offset,
          sender,
          senderId,
          sentAt: new Date(stamp.sentAt).toISOString(),
          offset: stamp.offset,
        }),
    })
    .catch((thrown: unknown) => {
      throw new RefusedError(storageRefusal(history.failure(thrown)))
    })
  if (stored === null) return
  publish(room, roomDestination(roomId), {
    headers: { 'content-type': 'application/json' },
    body: stored.body,
    offset: stored.offset,
  })
}
