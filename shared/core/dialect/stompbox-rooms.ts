/** What a Stompbox host says and is asked about its rooms, the people there, and their typing (docs/PROTOCOL.md). */
import { z } from 'zod'
import { absences, roles, roomIdSchema, roomKinds, standings } from '../../contract/model.ts'
import {
  mostPeople,
  type DirectoryDialect,
  type DirectoryEvent,
  type Feed,
  type ListedRoom,
  type MembersDialect,
  type TypingDialect,
} from './dialect.ts'
import { parseObject } from './message-fields.ts'

/** @returns a feed of JSON bodies. @param event made of a body that fits. */
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
/** Everybody's subscription to it has the same id, so that the host encodes an event once for all of them. */
const sharedFeed = <Body, Event>(
  destination: string,
  schema: z.ZodType<Body>,
  event: (body: Body) => Event,
): Feed<Event> => jsonFeed(destination, schema, event, { id: destination })

const personId = z.string().min(1).max(200)
const name = z.string().max(200)

const listedRoomSchema = z.object({
  roomId: roomIdSchema,
  kind: z.enum(roomKinds).default('public'),
  name: z.string().min(1).max(200),
  topic: z.string().max(2000).default(''),
  personId: personId.nullable().default(null),
  archived: z.boolean().default(false),
  nextOffset: z.int().nonnegative().nullable().catch(null).default(null),
})
/** A room that can't be read must not hide the others. */
const listSchema = z
  .object({ rooms: z.array(listedRoomSchema.nullable().catch(null)).max(10_000) })
  .transform(({ rooms }) => rooms.filter(room => room !== null))
const roomEventSchema = z.object({
  type: z.enum(['ROOM_CREATED', 'ROOM_CHANGED', 'ROOM_REMOVED']),
  room: listedRoomSchema,
  /** Of a room that is removed: why. */
  reason: z.enum(absences).catch('gone'),
  /** Of a room that the person was invited to: the name of the one who did. */
  invitedBy: z.string().min(1).max(200).nullable().catch(null).default(null),
})
const memberChangeSchema = z.object({
  type: z.literal('MEMBER_CHANGED'),
  roomId: z.string(),
  person: z.object({ personId, name: name.nullable() }),
  standing: z.enum(standings).nullable(),
})
const replySchema = z.object({ requestId: z.string(), room: listedRoomSchema })

const roomEvent = ({ type, room, reason, invitedBy }: z.infer<typeof roomEventSchema>): DirectoryEvent => {
  if (type === 'ROOM_CREATED') return { name: 'made', room, invitedBy }
  return type === 'ROOM_CHANGED' ? { name: 'changed', room } : { name: 'removed', room, absence: reason }
}
const ownEvent = (
  event: z.infer<typeof roomEventSchema> | z.infer<typeof memberChangeSchema>,
): DirectoryEvent => (event.type === 'MEMBER_CHANGED' ? { name: 'member', change: event } : roomEvent(event))
const listed =
  (archived: boolean) =>
  (rooms: ListedRoom[]): DirectoryEvent => ({
    name: 'listed',
    rooms: archived ? rooms.map(room => ({ ...room, archived })) : rooms,
    isLast: !archived,
  })

const refusals: Feed<DirectoryEvent> = {
  destination: '/user/queue/errors',
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
    jsonFeed('/user/queue/replies', replySchema, reply => ({ name: 'answered', ...reply })),
    jsonFeed('/topic/rooms', roomEventSchema, roomEvent),
    // Of rooms that are not for everybody.
    jsonFeed('/user/queue/rooms', z.union([roomEventSchema, memberChangeSchema]), ownEvent),
    // Answered in the order of asking: with the second, all rooms are known.
    jsonFeed('/app/rooms/archived', listSchema, listed(true)),
    jsonFeed('/app/rooms', listSchema, listed(false)),
  ],
  request: ({ verb, ...fields }, requestId) => ({
    destination: `/app/room/${verb}`,
    body: JSON.stringify({ ...fields, requestId }),
  }),
}

const namedSchema = z.object({
  personId,
  name: name.nullable().transform(known => known ?? ''),
  standing: z.enum(standings),
})
const namedPeopleSchema = z.object({ role: z.enum(roles), members: z.array(namedSchema).max(mostPeople) })
const presenceSchema = z.object({ people: z.array(z.object({ personId, name })).max(mostPeople) })

export const members: MembersDialect = {
  named: roomId => jsonFeed(`/app/members.${roomId}`, namedPeopleSchema, named => named),
  presence: roomId => sharedFeed(`/topic/presence.${roomId}`, presenceSchema, ({ people }) => people),
}

/** People who are taken in from one event. */
const mostTypists = 1000
const typistSchema = z.object({ personId: z.string().max(200), name: z.string().min(1).max(200) })
const typistsSchema = z.object({ people: z.array(typistSchema).max(mostTypists) })

export const typing: TypingDialect = {
  typists: roomId => sharedFeed(`/topic/typing.${roomId}`, typistsSchema, ({ people }) => people),
  say: (roomId, isTyping) => ({
    destination: '/app/typing',
    body: JSON.stringify({ roomId, typing: isTyping }),
  }),
}
