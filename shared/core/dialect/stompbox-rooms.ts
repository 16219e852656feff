/** Rooms, people and typing on a Stompbox host: its events and requests (docs/PROTOCOL.md). */
import { z } from 'zod'
import * as at from '../../protocol/destinations.ts'
import {
  memberEventSchema,
  memberListSchema,
  presenceSchema,
  replySchema,
  roomEventSchema,
  roomListSchema,
  typingSchema,
} from '../../protocol/events.ts'
import { encodeRequest } from '../../protocol/requests.ts'
import {
  type DirectoryDialect,
  type DirectoryEvent,
  type Feed,
  type ListedRoom,
  type MembersDialect,
  type TypingDialect,
} from './dialect.ts'
import { parseObject } from './message-fields.ts'

/** @returns a feed of JSON bodies. @param event makes an event from a valid body. */
const jsonFeed = <Body, Event>(
  destination: string,
  schema: z.ZodType<Body>,
  event: (body: Body) => Event,
  headers: Readonly<Record<string, string>> = {},
): Feed<Event> => ({
  destination,
  headers,
  read({ body }) {
    const parsed = schema.safeParse(parseObject(body))
    return parsed.success ? event(parsed.data) : null
  },
})
/** All clients subscribe with the same id, so that the host encodes an event once for all of them. */
const sharedFeed = <Body, Event>(
  destination: string,
  schema: z.ZodType<Body>,
  event: (body: Body) => Event,
): Feed<Event> => jsonFeed(destination, schema, event, { id: destination })

const listSchema = roomListSchema.transform(({ rooms }) =>
  rooms.flatMap(listed => {
    if (!listed) return []
    const { role: _role, ...room } = listed
    return [room]
  }),
)

const roomEvent = ({ type, room, reason, invitedBy }: z.infer<typeof roomEventSchema>): DirectoryEvent => {
  if (type === 'ROOM_CREATED') return { name: 'made', room, invitedBy }
  return type === 'ROOM_CHANGED'
    ? { name: 'changed', room }
    : { name: 'removed', room, absence: reason ?? 'gone' }
}
const ownEvent = (
  event: z.infer<typeof roomEventSchema> | z.infer<typeof memberEventSchema>,
): DirectoryEvent => (event.type === 'MEMBER_CHANGED' ? { name: 'member', change: event } : roomEvent(event))
const listed =
  (archived: boolean) =>
  (rooms: ListedRoom[]): DirectoryEvent => ({
    name: 'listed',
    rooms: archived ? rooms.map(room => ({ ...room, archived })) : rooms,
    isLast: !archived,
  })

const refusals: Feed<DirectoryEvent> = {
  destination: at.refusalsDestination,
  headers: {},
  read: ({ headers, body }) => ({
    name: 'refused',
    requestId: headers.requestId ?? '',
    receiptId: headers['receipt-id'] ?? '',
    code: headers.code,
    message: headers.message ?? body,
  }),
}

export const directory: DirectoryDialect = {
  feeds: [
    refusals,
    jsonFeed(at.repliesDestination, replySchema, ({ requestId = '', room }) => ({
      name: 'answered',
      requestId,
      room,
    })),
    jsonFeed(at.directoryDestination, roomEventSchema, roomEvent),
    // Events of private and direct rooms.
    jsonFeed(at.ownRoomsDestination, z.union([roomEventSchema, memberEventSchema]), ownEvent),
    // The answers arrive in this order: after the second, all rooms are known.
    jsonFeed(at.archivedAnswer, listSchema, listed(true)),
    jsonFeed(at.directoryAnswer, listSchema, listed(false)),
  ],
  request: ({ verb, ...fields }, requestId) => encodeRequest(`/app/room/${verb}`, { ...fields, requestId }),
}

export const members: MembersDialect = {
  named: roomId =>
    jsonFeed(at.membersDestination(roomId), memberListSchema, ({ role, members }) => ({
      role,
      members: members.map(member => ({ ...member, name: member.name ?? '' })),
    })),
  presence: roomId => sharedFeed(at.presenceDestination(roomId), presenceSchema, ({ people }) => people),
}

export const typing: TypingDialect = {
  typists: roomId => sharedFeed(at.typingDestination(roomId), typingSchema, ({ people }) => people),
  say: (roomId, isTyping) => encodeRequest('/app/typing', { roomId, typing: isTyping }),
}
