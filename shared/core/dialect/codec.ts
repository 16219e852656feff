/** Chat messages as STOMP frames, and back: for a Stompbox host, and for every other server by its profile's templates. */
import { z } from 'zod'
import {
  chatType,
  deletionType,
  messageIdSchema,
  unreadableType,
  type Message,
  type MessageId,
  type RoomId,
  type RoomKey,
  type ServerKind,
  type ServerProfile,
} from '../../contract/model.ts'
import type { ReceivedFrame } from './error-frames.ts'
import { parseObject, readMessageFields, type MessageFields } from './message-fields.ts'
import type { ArrivedMessage, RemovedMessage } from '../ports.ts'
import { mentionsPerson } from './room-destinations.ts'
import { readTime } from './zoned-time.ts'

export const directoryDestination = '/topic/rooms'
/** Rooms that are not for everybody. */
export const ownRoomsDestination = '/user/queue/rooms'
export const directoryAnswer = '/app/rooms'
export const archivedAnswer = '/app/rooms/archived'
/** Answers once with the people of a room. */
export const membersAnswer = (roomId: RoomId): string => `/app/members.${roomId}`
export const presenceDestination = (roomId: RoomId): string => `/topic/presence.${roomId}`
export const typingDestination = (roomId: RoomId): string => `/topic/typing.${roomId}`
export const typingRequest = '/app/typing'
export const deletionRequest = '/app/chat/delete'
export const freeNameRequest = '/app/name/free'
export const repliesDestination = '/user/queue/replies'
export const refusalsDestination = '/user/queue/errors'

/** A destination with the headers of its SUBSCRIBE. */
export interface Subscription {
  destination: string
  headers: Record<string, string>
}

export type Templates = Pick<ServerProfile, 'subscribeTemplate' | 'publishTemplate'>

/** @returns what the server at the other end is, told by its CONNECTED frame. */
export const kindOf = (connected: ReceivedFrame['headers']): ServerKind =>
  connected.server?.startsWith('stompbox/') === true ? 'stompbox' : 'stomp'

/** RabbitMQ's and ActiveMQ's queues. What a queue has given away without an acknowledgement is gone, stored here or not. */
const queue = /^\/(amq\/)?queue\//
/** Messages that a queue may give before the first of them is acknowledged (RabbitMQ); they wait in memory until they are stored. */
const prefetch = '500'

/** @param from the offset to begin at in the room's history; null for its beginning. */
export const roomSubscription = (
  kind: ServerKind,
  templates: Templates,
  roomId: RoomId,
  from: number | null,
): Subscription => {
  if (kind === 'stomp') {
    const destination = templates.subscribeTemplate.replaceAll('{roomId}', () => roomId)
    const headers = queue.test(destination) ? { ack: 'client-individual', 'prefetch-count': prefetch } : {}
    return { destination, headers: { ...headers } }
  }
  const destination = `/topic/room.${roomId}`
  // Everybody's subscription has the same id, so that the host encodes a message once for all of them.
  const start = from === null ? 'first' : `offset=${from}`
  return { destination, headers: { id: destination, 'x-stream-offset': start } }
}

/** @returns the SEND of an own message. A host stamps sender and time itself. */
export const encodeMessage = (
  kind: ServerKind,
  templates: Templates,
  roomId: RoomId,
  message: Message,
): { destination: string; body: string } => {
  const { id, type, sender, content } = message
  return {
    destination:
      kind === 'stompbox'
        ? '/app/chat/message'
        : templates.publishTemplate.replaceAll('{roomId}', () => roomId),
    body: JSON.stringify({
      id,
      type,
      roomId,
      sender,
      content,
      sentAt: new Date(message.sentAt).toISOString(),
    }),
  }
}

/** What decoding has to know beside the frame. */
export interface DecodeContext {
  kind: ServerKind
  room: RoomKey
  /** The person's name; texts with `@name` mention it. */
  name: string
  /** The `senderId` of this connection; null where the server told none. */
  personId: string | null
  /** Of the server, for times that name none; null where it is not known. */
  timeZone: string | null
  /** Milliseconds since the epoch. */
  now: number
  /** Makes an id for a message that has none. */
  nextId: () => string
}

/** Bytes or UTF-16 units; what is larger is no chat. */
const longestBody = 1024 * 1024
const longestName = 200
/** UTF-16 units of a text that is kept: many times what Stompbox sends. */
const longestText = 256 * 1024
/** UTF-16 units of the headers and fields that are kept beside it; where there are more, none are: they are of no use to the window. */
const longestExtra = 8 * 1024
/** Shorter ids of other servers are numbers of a database row, which may be of the room or of nothing at all. */
const shortestForeignId = 16

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

/** @returns the `senderId` of what this connection sends, told by its CONNECTED frame; null where the server tells none. */
export const personIdOf = (connected: ReceivedFrame['headers']): string | null =>
  connected['person-id'] === undefined ? null : bounded(connected['person-id'])

/** @returns the position in the server’s history; null where it keeps none. */
export const offsetOf = (headers: ReceivedFrame['headers']): number | null => {
  const text = headers['x-stream-offset'] ?? ''
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** @returns the id that comes from the sender or from the server's history: replays bring it again. Null where there is none. */
const lastingId = (claimed: unknown, offset: number | null, kind: ServerKind): MessageId | null => {
  const least = kind === 'stompbox' ? 1 : shortestForeignId
  if (typeof claimed === 'string' && claimed.length >= least) {
    const parsed = messageIdSchema.safeParse(claimed)
    if (parsed.success) return parsed.data
  }
  return offset === null ? null : messageIdSchema.parse(`offset-${offset}`)
}

/** @returns the id that {@link decodeMessage} gives a message of a Stompbox host; null where it makes one. */
export const hostMessageId = ({ headers, body }: ReceivedFrame): MessageId | null =>
  lastingId(parseObject(body)?.id, offsetOf(headers), 'stompbox')

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

const removedSchema = z.object({ target: messageIdSchema, targetOffset: z.int().min(0) })

/** @returns what a host says is deleted; null where it says nothing of the kind. On other servers anybody could say so. */
const removedBy = (json: unknown, type: string, kind: ServerKind): RemovedMessage | null => {
  if (kind !== 'stompbox' || type !== deletionType) return null
  const parsed = removedSchema.safeParse(json)
  return parsed.success ? { id: parsed.data.target, offset: parsed.data.targetOffset } : null
}

/**
 * Reads a MESSAGE of a room: JSON in the shape of a Stompbox host, JSON of other shapes, or plain text. In the place of one that is too
 * large to be chat stands an empty one of the type `UNREADABLE`.
 */
export const decodeMessage = ({ headers, body }: ReceivedFrame, context: DecodeContext): ArrivedMessage => {
  const json = body.length <= longestBody ? parseObject(body) : null
  const fields = json && readMessageFields(json, context.timeZone)
  const isReadable = (fields?.content ?? body).length <= longestText
  const offset = offsetOf(headers)
  const id = lastingId(json?.id, offset, context.kind) ?? messageIdSchema.parse(context.nextId())
  const type = isReadable ? bounded(fields?.type ?? chatType) : unreadableType
  const senderId = fields?.senderId ? bounded(fields.senderId) : null
  const own = senderId !== null && senderId === context.personId
  const removes = removedBy(json, type, context.kind)
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
    ...(removes && { removes }),
  }
}
