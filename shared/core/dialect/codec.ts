/** Parts that the dialects share: reading and writing of chat messages. */
import {
  chatType,
  messageIdSchema,
  offlineType,
  unreadableType,
  type MessageId,
} from '../../contract/model.ts'
import type { Relation } from '../../protocol/relations.ts'
import { mentions } from '../../text/markdown.ts'
import type { ArrivedMessage } from '../ports.ts'
import type { ConnectedHeaders, Credentials, DecodeContext, ReceivedFrame } from './dialect.ts'
import type { Json, MessageFields } from './message-fields.ts'
import { readTime } from './zoned-time.ts'

/** How a dialect reads messages. */
export interface Reading {
  /** The least length of an id made by the sender, in UTF-16 units; shorter values are not ids. */
  shortestId: number
  /** The `senderId` of this session's messages; null if the server does not report it. */
  personId: string | null
  /** The zone of times that name none; null if unknown. */
  timeZone: string | null
  /** @param now milliseconds since the epoch. @returns the fields of a body; null for one that is a text as a whole. */
  fieldsOf: (body: string, now: number) => MessageFields | null
  /** @returns the relation of a message with these further fields; null for a message without one. */
  relationOf?: (rest: Json | null, type: string) => Relation | null
}

/** @returns the CONNECT headers that every server accepts. */
export const plainConnectHeaders = ({
  name,
  virtualHost,
  passcode,
}: Credentials): Record<string, string> => ({
  login: name,
  host: virtualHost,
  ...(passcode !== null && { passcode }),
})

/** The largest body of a chat message, in bytes or UTF-16 units. */
const longestBody = 1024 * 1024
const longestName = 200
/** The longest text that is stored, in UTF-16 units: many times what Stompbox sends. */
const longestText = 256 * 1024
/**
 * The limit of the other headers and fields, in UTF-16 units; beyond it none of them are stored, because the window has
 * no use for them.
 */
const longestExtra = 8 * 1024

/** Standard headers of MESSAGE; all others are stored with the message. */
const ordinaryHeaders = new Set([
  'subscription',
  'message-id',
  'destination',
  'content-type',
  'content-length',
  'ack',
  'x-stream-offset',
])

/** @returns the type that a server gave; the line about being offline is this computer's alone. */
const typeGiven = (type: string | undefined): string =>
  type === undefined || type === offlineType ? chatType : type

const bounded = (text: string): string => text.slice(0, longestName).toWellFormed()

/**
 * @returns the `senderId` of this session's messages, from its CONNECTED frame; null if the server does not report it.
 */
export const personIdOf = (connected: ConnectedHeaders | null): string | null => {
  const told = connected?.['person-id']
  return told === undefined ? null : bounded(told)
}

/** @returns the position in the server’s history; null if it has no history. */
export const offsetOf = (headers: ReceivedFrame['headers']): number | null => {
  const text = headers['x-stream-offset'] ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/**
 * @param claimed the id given by the sender.
 * @param shortest as {@link Reading.shortestId}.
 * @returns the id from the sender or from the server's history, which is the same in every replay. Null if there is
 *   none.
 */
export const lastingId = (claimed: unknown, offset: number | null, shortest: number): MessageId | null => {
  if (typeof claimed === 'string' && claimed.length >= shortest) {
    const parsed = messageIdSchema.safeParse(claimed)
    if (parsed.success) return parsed.data
  }
  return offset === null ? null : messageIdSchema.parse(`offset-${offset}`)
}

/** @returns the JSON text; for a value nested too deeply for the stack, a note instead. */
const stringify = (value: object): string => {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify({ unreadable: 'nested too deeply' })
  }
}

const extraOf = (
  fields: MessageFields | null,
  headers: ReceivedFrame['headers'],
  id: MessageId,
): string | null => {
  const kept = Object.entries(headers).filter(([name]) => !ordinaryHeaders.has(name))
  const { id: claimed, roomId: _roomId, offset: _offset, ...others } = fields?.rest ?? {}
  const body = claimed === undefined || claimed === id ? others : { id: claimed, ...others }
  const extra = {
    ...(kept.length > 0 && { headers: Object.fromEntries(kept) }),
    ...(Object.keys(body).length > 0 && { body }),
  }
  const text = Object.keys(extra).length > 0 ? stringify(extra) : null
  return text !== null && text.length <= longestExtra ? text : null
}

/**
 * Whether a message is news that mentions the person. Only chat of others counts as unread; the cache decides it by the
 * same two fields, `type` and `own`.
 */
export const mentionsPerson = (
  message: { type: string; own: boolean; content: string },
  name: string,
): boolean => message.type === chatType && !message.own && mentions(message.content, name)

/**
 * Reads a MESSAGE of a room. A message that is too large for chat becomes an empty one of the type `UNREADABLE`; one
 * without a text is shown as it was received.
 */
export const decodeMessage = (
  { headers, body }: ReceivedFrame,
  context: DecodeContext,
  { shortestId, personId, timeZone, fieldsOf, relationOf }: Reading,
): ArrivedMessage => {
  const fields = body.length <= longestBody ? fieldsOf(body, context.now) : null
  const isReadable = (fields?.content ?? body).length <= longestText
  const offset = offsetOf(headers)
  const id = lastingId(fields?.id, offset, shortestId) ?? messageIdSchema.parse(context.nextId())
  const type = isReadable ? bounded(typeGiven(fields?.type ?? undefined)) : unreadableType
  const senderId = fields?.senderId ? bounded(fields.senderId) : null
  const own = senderId !== null && senderId === personId
  const relation = relationOf?.(fields?.rest ?? null, type)
  const text = fields?.content ?? (type === chatType ? body : '')
  const content = isReadable ? text.toWellFormed() : ''
  return {
    room: context.room,
    id,
    type,
    sender: bounded(fields?.sender ?? headers.sender ?? ''),
    senderId,
    content,
    sentAt: fields?.sentAt ?? readTime(headers.timestamp, timeZone, context.now) ?? context.now,
    receivedAt: context.now,
    offset,
    own,
    mentionsMe: mentionsPerson({ type, own, content }, context.name),
    extra: extraOf(fields, headers, id),
    ...(relation && { relation }),
  }
}
