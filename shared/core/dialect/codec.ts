/** What the dialects have in common: how a chat message is read and written. */
import { chatType, messageIdSchema, unreadableType, type MessageId } from '../../contract/model.ts'
import type { Relation } from '../../protocol/relations.ts'
import { mentions } from '../../text/segments.ts'
import type { ArrivedMessage } from '../ports.ts'
import type { ConnectedHeaders, Credentials, DecodeContext, ReceivedFrame } from './dialect.ts'
import { parseObject, readMessageFields, type Json, type MessageFields } from './message-fields.ts'
import { readTime } from './zoned-time.ts'

/** How a dialect reads messages. */
export interface Reading {
  /** UTF-16 units of an id that the sender has made; shorter ones are none. */
  shortestId: number
  /** The `senderId` of what this session sends; null where the server does not tell it. */
  personId: string | null
  /** @returns what the message says about another one; null for a message without a relation. */
  relationOf?: (json: Json | null, type: string) => Relation | null
}

/** @returns what every server takes in CONNECT. */
export const plainConnectHeaders = ({
  name,
  virtualHost,
  passcode,
}: Credentials): Record<string, string> => ({
  login: name,
  host: virtualHost,
  ...(passcode !== null && { passcode }),
})

/** Bytes or UTF-16 units; what is larger is no chat. */
const longestBody = 1024 * 1024
const longestName = 200
/** UTF-16 units of a text that is kept: many times what Stompbox sends. */
const longestText = 256 * 1024
/** UTF-16 units of the headers and fields that are kept beside it; where there are more, none are: they are of no use to the window. */
const longestExtra = 8 * 1024

/** Headers of every MESSAGE; the others are kept with the message. */
const ordinaryHeaders = new Set([
  'subscription',
  'message-id',
  'destination',
  'content-type',
  'content-length',
  'ack',
  'x-stream-offset',
])

const bounded = (text: string): string => text.slice(0, longestName).toWellFormed()

/** @returns the `senderId` of what this session sends, told by its CONNECTED frame; null where the server tells none. */
export const personIdOf = (connected: ConnectedHeaders | null): string | null => {
  const told = connected?.['person-id']
  return told === undefined ? null : bounded(told)
}

/** @returns the position in the server’s history; null where it keeps none. */
export const offsetOf = (headers: ReceivedFrame['headers']): number | null => {
  const text = headers['x-stream-offset'] ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/**
 * @param claimed what the sender gives as the id.
 * @param shortest as {@link Reading.shortestId}.
 * @returns the id that comes from the sender or from the server's history: replays bring it again. Null where there is none.
 */
export const lastingId = (claimed: unknown, offset: number | null, shortest: number): MessageId | null => {
  if (typeof claimed === 'string' && claimed.length >= shortest) {
    const parsed = messageIdSchema.safeParse(claimed)
    if (parsed.success) return parsed.data
  }
  return offset === null ? null : messageIdSchema.parse(`offset-${offset}`)
}

/** @returns the JSON text; where the value is nested more deeply than the stack allows, that of a note that it was. */
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
 * Whether a message is news that names the person. What counts as unread is chat of others; the cache counts it by the same
 * two facts, `type` and `own`.
 */
export const mentionsPerson = (
  message: { type: string; own: boolean; content: string },
  name: string,
): boolean => message.type === chatType && !message.own && mentions(message.content, name)

/**
 * Reads a MESSAGE of a room: JSON in the shape of a Stompbox host, JSON of other shapes, or plain text. In the place of one that is too
 * large to be chat stands an empty one of the type `UNREADABLE`.
 */
export const decodeMessage = (
  { headers, body }: ReceivedFrame,
  context: DecodeContext,
  { shortestId, personId, relationOf }: Reading,
): ArrivedMessage => {
  const json = body.length <= longestBody ? parseObject(body) : null
  const fields = json && readMessageFields(json, context.timeZone)
  const isReadable = (fields?.content ?? body).length <= longestText
  const offset = offsetOf(headers)
  const id = lastingId(json?.id, offset, shortestId) ?? messageIdSchema.parse(context.nextId())
  const type = isReadable ? bounded(fields?.type ?? chatType) : unreadableType
  const senderId = fields?.senderId ? bounded(fields.senderId) : null
  const own = senderId !== null && senderId === personId
  const relation = relationOf?.(json, type)
  // What has no text that we know is shown as it came.
  const text = fields?.content ?? (type === chatType ? body : '')
  const content = isReadable ? text.toWellFormed() : ''
  return {
    room: context.room,
    id,
    type,
    sender: bounded(fields?.sender ?? headers.sender ?? ''),
    senderId,
    content,
    sentAt: fields?.sentAt ?? readTime(headers.timestamp, context.timeZone) ?? context.now,
    receivedAt: context.now,
    offset,
    own,
    mentionsMe: mentionsPerson({ type, own, content }, context.name),
    extra: extraOf(fields, headers, id),
    ...(relation && { relation }),
  }
}
