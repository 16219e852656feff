/** SEND `/app/chat/message`: stamps a message, stores it and broadcasts it. */
import { bodyLimits, limits } from '../../../shared/protocol/limits.ts'
import {
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
import type { Room } from '../rooms/rooms.ts'
import { step } from '../history/steps.ts'
import type { SendHandler } from './context.ts'
import { parseRequest } from '../wire/json-body.ts'

/** Fields that have a bound of their own, or that the host writes: `offset` was in the bodies of earlier versions. */
const knownFields: ReadonlySet<string> = new Set([
  ...Object.keys(sentMessageSchema.shape),
  ...Object.keys(stampedSchema.shape),
  'offset',
])

const checkReserved = (body: SentMessage, type: string, id: string): void => {
  const reserved = reservedTypeOf(type)
  if (reserved === deletionType || reserved === deletedType) {
    throw refused(
      'input-invalid',
      `type: ${reserved} is the host’s own; SEND /app/chat/delete deletes a message`,
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
    throw refused('input-invalid', 'content: a message of type CHAT has to say something', { id })
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
      `all fields beside content may have at most ${bodyLimits.unknownBytes} bytes together`,
      { id },
    )
  }
}

/** The refusal names the message, so that the sender knows which one it was. */
const roomFor = (access: Access, roomId: string, personId: string, id: string): Room => {
  try {
    return access.writable(roomId, personId)
  } catch (thrown) {
    if (!(thrown instanceof RefusedError)) throw thrown
    const { message, headers } = thrown.refusal
    throw new RefusedError({ message, headers: { ...headers, id } })
  }
}

/** Messages come by the dozen in a millisecond; a time is written once. */
let lastTime = { sentAt: 0, text: '' }
const timeText = (sentAt: number): string => {
  if (lastTime.sentAt !== sentAt) lastTime = { sentAt, text: new Date(sentAt).toISOString() }
  return lastTime.text
}

/** @returns the JSON with what the host writes on it. */
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

export const sendChatMessage: SendHandler = ({ access, messages }, { principal }, message) => {
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
  return messages.append(room, {
    roomId,
    senderId: principal.id,
    messageId: id,
    sentAt,
    body: Buffer.from(stamped(body, { id, type, sentAt }, principal)),
  })
}
