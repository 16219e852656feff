/** What a host tells its clients beside the messages of rooms: typed as the host writes it, parsed as a client takes it. */
import { z } from 'zod'
import { limits } from './limits.ts'
import { personIdSchema, removalReasons, roles, roomKinds, standings } from './people.ts'
import { referenceSchema } from './requests.ts'
import { roomIdSchema } from './room-id.ts'

/** Entries of a list that a client takes. */
const most = 10_000
/** People who type in one room at once that a client takes. */
const mostTypists = 1_000
/** A client takes longer ones than a host of today sends, so that one of tomorrow may allow them. */
const nameSchema = z.string().max(4 * limits.name)
const topicSchema = z.string().max(4 * limits.topic)

/** A room as one person sees it. */
const roomFields = {
  roomId: roomIdSchema,
  /** Of a direct room the other one's. */
  name: nameSchema.min(1),
  topic: topicSchema,
  kind: z.enum(roomKinds),
  /** Of a direct room the other one's. */
  personId: personIdSchema.nullable().default(null),
  archived: z.boolean().default(false),
  /**
   * The next offset of the room's history: earlier messages predate a person who joins now. Missing for direct rooms, where both people
   * are addressed by every message.
   */
  nextOffset: z.int().nonnegative().nullable().catch(null).default(null),
}
const roomSchema = z.object(roomFields)
/** A room as the host writes it. */
export type RoomView = z.input<typeof roomSchema>

const listedRoomSchema = z.object({ ...roomFields, role: z.enum(roles) })

/** Answers `/app/rooms` and `/app/rooms/archived`. A room that a client can't read must not hide the others. */
export const roomListSchema = z.object({ rooms: z.array(listedRoomSchema.nullable().catch(null)).max(most) })
export type RoomList = z.input<typeof roomListSchema>

/** What becomes of a room. */
export const roomEventSchema = z.object({
  type: z.enum(['ROOM_CREATED', 'ROOM_CHANGED', 'ROOM_REMOVED']),
  room: roomSchema,
  /** Of a room that is removed for one person: why. Without a reason it is gone for everybody. */
  reason: z.enum(removalReasons).nullable().catch(null).default(null),
  /** Of a room that the person was invited to: the name of the one who did. */
  invitedBy: nameSchema.min(1).nullable().catch(null).default(null),
})
export type RoomEvent = z.input<typeof roomEventSchema>

/** Somebody, by their id; the name is null where the host does not know it. */
const named = { personId: personIdSchema, name: nameSchema.nullable() }

/** Somebody is something else in a room than before; null for nothing particular. */
export const memberEventSchema = z.object({
  type: z.literal('MEMBER_CHANGED'),
  roomId: roomIdSchema,
  person: z.object(named),
  standing: z.enum(standings).nullable(),
})
export type MemberEvent = z.input<typeof memberEventSchema>

/** Answers `/app/members.{roomId}`: the people with a role in the room, and the person's own role. */
export const memberListSchema = z.object({
  roomId: roomIdSchema,
  role: z.enum(roles),
  members: z.array(z.object({ ...named, standing: z.enum(standings) })).max(most),
})
export type MemberList = z.input<typeof memberListSchema>

/** A connected person, whose name is therefore known. */
const present = z.object({ personId: personIdSchema, name: nameSchema.min(1) })

/** Who is in a room right now. */
export const presenceSchema = z.object({
  type: z.literal('PRESENCE'),
  roomId: roomIdSchema,
  people: z.array(present).max(most),
})
export type PresenceEvent = z.input<typeof presenceSchema>

/** Who types in a room right now. */
export const typingSchema = z.object({
  type: z.literal('TYPING'),
  roomId: roomIdSchema,
  people: z.array(present).max(mostTypists),
})
export type TypingEvent = z.input<typeof typingSchema>

/** Answers a request about a room: the room as it is then. */
export const replySchema = z.object({ ...referenceSchema.partial().shape, room: roomSchema })
export type Reply = z.input<typeof replySchema>

/** Answers `/app/queues`: those with most bytes, and how many more there are. */
export const queueListSchema = z.object({
  queues: z
    .array(
      z.object({
        destination: z.string().max(limits.destination),
        kind: z.enum(['queue', 'stream']),
        messages: z.int().nonnegative(),
        bytes: z.int().nonnegative(),
        isRead: z.boolean(),
      }),
    )
    .max(most),
  more: z.int().nonnegative(),
})
export type QueueList = z.input<typeof queueListSchema>
