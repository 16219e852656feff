/** What a host sends besides the messages of rooms. The input types are what a host writes, the schemas what a client accepts. */
import { z } from 'zod'
import { limits } from './limits.ts'
import { personIdSchema, removalReasons, roles, roomKinds, standings } from './people.ts'
import { referenceSchema } from './requests.ts'
import { roomIdSchema } from './room-id.ts'

/** The most entries of a list that a client accepts. */
const most = 10_000
/** The most people typing in one room that a client accepts. */
const mostTypists = 1_000
/** Clients accept longer names and topics than today's hosts send, so that later hosts may allow them. */
const nameSchema = z.string().max(4 * limits.name)
const topicSchema = z.string().max(4 * limits.topic)

/** A room as one person sees it. */
const roomFields = {
  roomId: roomIdSchema,
  /** In a direct room, the name of the other person. */
  name: nameSchema.min(1),
  topic: topicSchema,
  kind: z.enum(roomKinds),
  /** In a direct room, the id of the other person. */
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

/** A room is new, has changed, or is gone. */
export const roomEventSchema = z.object({
  type: z.enum(['ROOM_CREATED', 'ROOM_CHANGED', 'ROOM_REMOVED']),
  room: roomSchema,
  /** Why a room is removed for one person. Without a reason it is gone for everybody. */
  reason: z.enum(removalReasons).nullable().catch(null).default(null),
  /** In an invitation, the name of the person who invited. */
  invitedBy: nameSchema.min(1).nullable().catch(null).default(null),
})
export type RoomEvent = z.input<typeof roomEventSchema>

/** A person; the name is null if the host does not know it. */
const named = { personId: personIdSchema, name: nameSchema.nullable() }

/** A person has another standing in a room than before; null: none in particular. */
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

/** A connected person: their name is known. */
const present = z.object({ personId: personIdSchema, name: nameSchema.min(1) })

/** The people who are in a room right now. */
export const presenceSchema = z.object({
  type: z.literal('PRESENCE'),
  roomId: roomIdSchema,
  people: z.array(present).max(most),
})
export type PresenceEvent = z.input<typeof presenceSchema>

/** The people who are typing in a room right now. */
export const typingSchema = z.object({
  type: z.literal('TYPING'),
  roomId: roomIdSchema,
  people: z.array(present).max(mostTypists),
})
export type TypingEvent = z.input<typeof typingSchema>

/** Answers a request about a room: the room as it is afterwards. */
export const replySchema = z.object({ ...referenceSchema.partial().shape, room: roomSchema })
export type Reply = z.input<typeof replySchema>

/** Answers a request about a file: where it is sent and read, and the token for that. */
export const fileReplySchema = z.object({
  ...referenceSchema.partial().shape,
  file: z.object({
    fileId: z.string().min(1).max(limits.fileId),
    path: z.string().max(limits.destination),
    token: z.string().max(1_024),
    expiresAt: z.iso.datetime(),
  }),
})
export type FileReply = z.input<typeof fileReplySchema>

/** Answers `/app/queues`: the largest queues and streams, and how many more there are. */
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
