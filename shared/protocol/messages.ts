/** The messages of rooms: the body that a client sends, and the bodies in a room's history. */
import { z } from 'zod'
import { limits } from './limits.ts'
import { personIdSchema } from './people.ts'
import { roomIdSchema } from './room-id.ts'

/** The id of a message. Its sender makes it, so that a message that comes twice is stored once. */
export const messageIdSchema = z.string().min(1).max(limits.id).brand<'MessageId'>()

/** An ordinary message: it has a text. */
export const chatType = 'CHAT'
/** Announces that a message of the room was deleted. Only a host sends it. */
export const deletionType = 'DELETE'
/** A message with a file. The host takes it only with one that its sender has uploaded to the room. */
export const attachmentType = 'ATTACHMENT'
/** A deleted message, in the history. It has no text. */
export const deletedType = 'DELETED'

/** SEND `/app/chat/message`. Fields that are not listed are passed on. */
export const sentMessageSchema = z.looseObject({
  roomId: roomIdSchema,
  id: messageIdSchema.nullish(),
  type: z.string().min(1).max(limits.type).nullish(),
  content: z.string().nullish(),
})
export type SentMessage = z.output<typeof sentMessageSchema>

/** Names the file of a message of the type {@link attachmentType}; the host adds what it knows of the file. */
export const attachmentSchema = z.object({
  file: z.object({ fileId: z.string().min(1).max(limits.fileId) }),
})

/** Fields that the host writes on every message, whatever the sender claimed. */
const stamps = {
  sender: z.string(),
  senderId: personIdSchema,
  sentAt: z.iso.datetime(),
}

/** Fields that every message of a room has. */
export const stampedSchema = z.object({ type: z.string().min(1).max(limits.type), ...stamps })

/** A message as a room's subscribers get it: all fields of the sender, and those of the host. */
export const roomMessageSchema = z.looseObject({
  roomId: roomIdSchema,
  id: messageIdSchema,
  content: z.string().nullish(),
  ...stampedSchema.shape,
})

const offsetSchema = z.int().min(0).max(limits.offset)

/** Names a message of the same room by both, because a sender may take any id, but not another message's offset. */
export const targetFields = { target: messageIdSchema, targetOffset: offsetSchema }

/** The announcement that the message `target` at the offset `targetOffset` was deleted. */
export const deletionSchema = z.object({
  roomId: roomIdSchema,
  id: messageIdSchema,
  type: z.literal(deletionType),
  ...targetFields,
  ...stamps,
})

/** A deleted message, in the history. */
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
