/** SEND `/app/chat/message`: stamps, stores and broadcasts what somebody says in a room. */
import { z } from 'zod'
import { maxContentLength } from '../../../shared/contract/messenger-commands.ts'
import {
  chatType,
  deletedType,
  deletionType,
  messageIdSchema,
  roomIdSchema,
} from '../../../shared/contract/model.ts'
import { RefusedError, type Principal } from '../../broker/options/hooks.ts'
import type { Stamp } from '../ports/room-log.ts'
import { makeMessageId } from '../../../shared/protocol/message-id.ts'
import { refused } from '../wire/refusal.ts'
import type { Access } from '../rooms/access.ts'
import type { Room } from '../rooms/rooms.ts'
import { step } from '../history/steps.ts'
import type { SendHandler } from './context.ts'
import { parseBody } from '../wire/json-body.ts'

/** Bytes of a body: the longest text, with every character escaped, and the other fields. */
const maxBodyBytes = 128 * 1024
/** Bytes, as JSON, of the fields that the host does not know: it keeps them, and sends them to everybody. */
const maxUnknownBytes = 4 * 1024

/** Fields that are not listed are kept and passed on; those that the host stamps are overwritten, whatever they hold. */
const bodySchema = z.looseObject({
  roomId: roomIdSchema,
  id: messageIdSchema.nullish(),
  type: z.string().min(1).max(64).nullish(),
  content: z.string().nullish(),
})
type Body = z.infer<typeof bodySchema>

/** Fields that have a bound of their own, or that the host writes. */
const knownFields: ReadonlySet<string> = new Set([
  ...Object.keys(bodySchema.shape),
  'sender',
  'senderId',
  'sentAt',
  'offset',
])

/** Types that say what the host has done. */
const hostsTypes: ReadonlySet<string> = new Set([deletionType, deletedType])

const checkContent = (type: string, content: string, id: string): void => {
  if (content.length > maxContentLength) {
    throw refused('message-too-long', `content may have at most ${maxContentLength} characters`, { id })
  }
  if (hostsTypes.has(type)) {
    throw refused(
      'input-invalid',
      `type: ${type} is the host’s own; SEND /app/chat/delete deletes a message`,
      { id },
    )
  }
  if (type === chatType && content.trim() === '') {
    throw refused('input-invalid', 'content: a message of type CHAT has to say something', { id })
  }
}

const checkUnknown = (body: Body, id: string): void => {
  const unknown = Object.entries(body).filter(([name]) => !knownFields.has(name))
  if (unknown.length === 0) return
  if (Buffer.byteLength(JSON.stringify(Object.fromEntries(unknown))) > maxUnknownBytes) {
    throw refused(
      'message-too-long',
      `all fields beside content may have at most ${maxUnknownBytes} bytes together`,
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

/** @returns the body's JSON with the sender's identity, and what closes it when time and place are known. */
const stampedBody = (body: Body, id: string, type: string, sender: Principal): ((stamp: Stamp) => string) => {
  const json = JSON.stringify({
    ...body,
    id,
    type,
    sender: sender.name,
    senderId: sender.id,
    sentAt: undefined,
    offset: undefined,
  })
  const open = json.slice(0, -1)
  return ({ offset, sentAt }) => `${open},"sentAt":"${timeText(sentAt)}","offset":${offset}}`
}

export const sendChatMessage: SendHandler = ({ access, messages, typing }, { principal }, message) => {
  step('received')
  const body = parseBody(bodySchema, message.body, maxBodyBytes)
  const id = body.id ?? makeMessageId()
  const type = body.type ?? chatType
  checkContent(type, body.content ?? '', id)
  checkUnknown(body, id)
  const { roomId } = body
  const room = roomFor(access, roomId, principal.id, id)
  return messages.append(
    room,
    { roomId, senderId: principal.id, messageId: id, body: stampedBody(body, id, type, principal) },
    () => typing.stopped(roomId, principal),
  )
}
