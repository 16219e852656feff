/** What is said in a room: the body that a client sends, and those that a room's history holds. */
import { z } from 'zod'
import { limits } from './limits.ts'
import { personIdSchema } from './people.ts'
import { roomIdSchema } from './room-id.ts'

/** Names a message; made by the sender, so that a message that comes twice is kept once. */
export const messageIdSchema = z.string().min(1).max(limits.id).brand<'MessageId'>()

/** A text that somebody wrote. */
export const chatType = 'CHAT'
/** Says that a message of the room was deleted. Only a host may say it. */
export const deletionType = 'DELETE'
/** Stands in the place of a message that was deleted. It has no text. */
export const deletedType = 'DELETED'

/** SEND `/app/chat/message`. Fields that are not listed are passed on. */
export const sentMessageSchema = z.looseObject({
  roomId: roomIdSchema,
  id: messageIdSchema.nullish(),
  type: z.string().min(1).max(limits.type).nullish(),
  content: z.string().nullish(),
})
export type SentMessage = z.output<typeof sentMessageSchema>

/** What the host writes on everything that is said, whatever the sender claimed. */
const stamps = {
  sender: z.string(),
  senderId: personIdSchema,
  sentAt: z.iso.datetime(),
}

/** What every message of a room has, whatever it is. */
export const stampedSchema = z.object({ type: z.string().min(1).max(limits.type), ...stamps })

/** What a room's subscribers get for a message: the sender's fields, those that nobody knows among them, and the host's. */
export const roomMessageSchema = z.looseObject({
  roomId: roomIdSchema,
  id: messageIdSchema,
  content: z.string().nullish(),
  ...stampedSchema.shape,
})

const offsetSchema = z.int().min(0).max(limits.offset)

/** Names a message of the same room by both, because a sender may take any id, but not another message's offset. */
export const targetFields = { target: messageIdSchema, targetOffset: offsetSchema }

/** Says that the message `target` at the offset `targetOffset` was deleted. */
export const deletionSchema = z.object({
  roomId: roomIdSchema,
  id: messageIdSchema,
  type: z.literal(deletionType),
  ...targetFields,
  ...stamps,
})

/** What a deleted message leaves in the history. */
export const tombstoneSchema = z.object({
  roomId: roomIdSchema,
  id: messageIdSchema,
  type: z.literal(deletedType),
  ...stamps,
})

/** SEND `/app/chat/delete`: one of `offset` and `id`. */
export const deletionRequestSchema = z.object({
  roomId: roomIdSchema,
  offset: offsetSchema.nullish(),
  id: messageIdSchema.nullish(),
})
