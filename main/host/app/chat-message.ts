/** SEND `/app/chat/message`: stamps a message, stores it and broadcasts it. */
import { bodyLimits, limits } from '../../../shared/protocol/limits.ts'
import {
  attachmentSchema,
  attachmentType,
  chatType,
  deletedType,
  deletionType,
  sentMessageSchema,
  stampedSchema,
  type SentMessage,
} from '../../../shared/protocol/messages.ts'
import { reservedField, reservedTypeOf } from '../../../shared/protocol/reserved.ts'
import { RefusedError, type Principal } from '../../broker/options/hooks.ts'
import { makeMessageId } from '../../../shared/protocol/message-id.ts'
import { refused } from '../wire/refusal.ts'
import type { Access } from '../rooms/access.ts'
import type { FileRecord } from '../ports/file-records.ts'
import type { Room } from '../rooms/rooms.ts'
import { step } from '../history/steps.ts'
import type { AppContext, SendHandler } from './context.ts'
import { check, parseRequest } from '../wire/json-body.ts'

/** Fields with a bound of their own, or set by the host: earlier versions had `offset` in the body. */
const knownFields: ReadonlySet<string> = new Set([
  ...Object.keys(sentMessageSchema.shape),
  ...Object.keys(stampedSchema.shape),
  'offset',
])

const checkReserved = (body: SentMessage, type: string, id: string): void => {
  const reserved = type === attachmentType ? undefined : reservedTypeOf(type)
  if (reserved === deletionType || reserved === deletedType) {
    throw refused(
      'input-invalid',
      `type: ${reserved} is only sent by the host; SEND /app/chat/delete deletes a message`,
      { id },
    )
  }
  if (reserved !== undefined) {
    throw refused(
      'input-invalid',
      `type: ${reserved} is reserved for a later version of the host; send ${chatType}, or a type of your own`,
      { id },
    )
  }
  if (reservedField in body) {
    throw refused(
      'input-invalid',
      `${reservedField}: this field is reserved for a later version of the host; give yours another name`,
      { id },
    )
  }
}

const checkContent = (type: string, content: string, id: string): void => {
  if (content.length > limits.content) {
    throw refused('message-too-long', `content may have at most ${limits.content} characters`, { id })
  }
  if (type === chatType && content.trim() === '') {
    throw refused('input-invalid', 'content: a message of type CHAT must not be empty', { id })
  }
}

/** Nearly no message has one, and this costs less than a list of them. */
const hasUnknown = (body: SentMessage): boolean => {
  for (const name in body) if (!knownFields.has(name)) return true
  return false
}

const checkUnknown = (body: SentMessage, id: string): void => {
  if (!hasUnknown(body)) return
  const unknown = Object.entries(body).filter(([name]) => !knownFields.has(name))
  if (Buffer.byteLength(JSON.stringify(Object.fromEntries(unknown))) > bodyLimits.unknownBytes) {
    throw refused(
      'message-too-long',
      `all fields except content may have at most ${bodyLimits.unknownBytes} bytes together`,
      { id },
    )
  }
}

/** The refusal carries the message's id, so that the sender knows which message was refused. */
const roomFor = (access: Access, roomId: string, personId: string, id: string): Room => {
  try {
    return access.writable(roomId, personId)
  } catch (thrown) {
    if (!(thrown instanceof RefusedError)) throw thrown
    const { message, headers } = thrown.refusal
    throw new RefusedError({ message, headers: { ...headers, id } })
  }
}

/** Many messages arrive in one millisecond; the time is formatted once. */
let lastTime = { sentAt: 0, text: '' }
const timeText = (sentAt: number): string => {
  if (lastTime.sentAt !== sentAt) lastTime = { sentAt, text: new Date(sentAt).toISOString() }
  return lastTime.text
}

/** @returns the file of the message; null for a message without one. */
const fileOf = (
  { files: { files } }: AppContext,
  body: SentMessage,
  message: { id: string; type: string; senderId: string },
): FileRecord | null => {
  const { id, type, senderId } = message
  if (type !== attachmentType) return null
  const { fileId } = check(attachmentSchema, body).file
  return files.attach(fileId, { roomId: body.roomId, senderId, messageId: id })
}

/** @returns what the host knows of the file, whatever the sender claimed. */
const fileFields = ({ fileId, name, size, type, sha256 }: FileRecord): object => ({
  file: { fileId, name, size, type, sha256 },
})

/** @returns the JSON of the message, with the fields that the host sets. */
const stamped = (
  body: SentMessage,
  stamps: { id: string; type: string; sentAt: number },
  sender: Principal,
): string =>
  JSON.stringify({
    ...body,
    ...stamps,
    sentAt: timeText(stamps.sentAt),
    sender: sender.name,
    senderId: sender.id,
    offset: undefined,
  })

export const sendChatMessage: SendHandler = (context, { principal }, message) => {
  const { access, messages } = context
  step('received')
  const body = parseRequest('/app/chat/message', message.body)
  const sentAt = Date.now()
  const id = body.id ?? makeMessageId(sentAt)
  const type = body.type ?? chatType
  checkReserved(body, type, id)
  checkContent(type, body.content ?? '', id)
  checkUnknown(body, id)
  const { roomId } = body
  const room = roomFor(access, roomId, principal.id, id)
  const file = fileOf(context, body, { id, type, senderId: principal.id })
  const stored = messages.append(room, {
    roomId,
    senderId: principal.id,
    messageId: id,
    sentAt,
    body: Buffer.from(stamped({ ...body, ...(file && fileFields(file)) }, { id, type, sentAt }, principal)),
  })
  if (!file) return stored
  return stored.catch((thrown: unknown) => {
    context.files.files.release(file.fileId)
    throw thrown
  })
}
