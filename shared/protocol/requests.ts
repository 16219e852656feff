/** The requests of clients: the destinations under `/app/`, and the body of a SEND to each. */
import { z } from 'zod'
import { displayNameSchema, fileNameSchema, topicSchema } from './display-name.ts'
import { limits } from './limits.ts'
import { deletionRequestSchema, sentMessageSchema } from './messages.ts'
import { personIdSchema, roles } from './people.ts'
import { newRoomIdSchema, roomIdSchema } from './room-id.ts'

const room = { roomId: roomIdSchema }
/** One of the two fields is needed. */
const person = { personId: personIdSchema.nullish(), name: displayNameSchema.nullish() }

/** By destination. A field that may be missing may also be null. */
export const requests = {
  '/app/chat/message': sentMessageSchema,
  '/app/chat/delete': deletionRequestSchema,
  '/app/typing': z.object({ ...room, typing: z.boolean().nullish() }),
  '/app/name/free': z.object(person),
  '/app/room/create': z.object({
    name: displayNameSchema,
    topic: topicSchema.nullish(),
    kind: z.enum(['public', 'private']).nullish(),
    roomId: newRoomIdSchema.nullish(),
  }),
  '/app/room/direct': z.object(person),
  '/app/room/rename': z.object({ ...room, name: displayNameSchema.nullish(), topic: topicSchema.nullish() }),
  '/app/room/archive': z.object({ ...room, archived: z.boolean().nullish() }),
  '/app/room/delete': z.object(room),
  '/app/room/invite': z.object({ ...room, ...person }),
  '/app/room/remove': z.object({ ...room, ...person }),
  '/app/room/role': z.object({ ...room, ...person, role: z.enum(roles) }),
  '/app/room/ban': z.object({ ...room, ...person, banned: z.boolean().nullish() }),
  '/app/file/create': z.object({
    ...room,
    fileName: fileNameSchema,
    size: z.int().min(1).max(limits.size, `a file may have at most ${limits.size} bytes`),
  }),
  '/app/file/open': z.object({ ...room, fileId: z.string().min(1).max(limits.fileId) }),
  '/app/queue/delete': z.object({ destination: z.string().max(limits.destination) }),
} as const

export type RequestDestination = keyof typeof requests
export type RoomRequestDestination = Extract<RequestDestination, `/app/room/${string}`>
/** Answered on `/user/queue/replies`. */
export type AnsweredDestination = RoomRequestDestination | Extract<RequestDestination, `/app/file/${string}`>

/** Comes back with the answer to a request about a room or a file, or with its refusal, so that the client knows the request. */
export const referenceSchema = z.object({ requestId: z.string().min(1).max(limits.requestId) })

/** A body as a client writes it. */
export type RequestFields<Destination extends RequestDestination> = z.input<(typeof requests)[Destination]> &
  (Destination extends AnsweredDestination ? Partial<z.input<typeof referenceSchema>> : unknown)
/** A body as a host takes it: composed, trimmed, checked. */
export type RequestBody<Destination extends RequestDestination> = z.output<(typeof requests)[Destination]>

/** The same as {@link requests}, for generic code. */
const schemas: { readonly [Destination in RequestDestination]: z.ZodType<RequestBody<Destination>> } =
  requests
/** @returns the schema with which a host reads the body of a SEND to this destination. */
export const requestSchema = <Destination extends RequestDestination>(
  destination: Destination,
): z.ZodType<RequestBody<Destination>> => schemas[destination]

/** @returns the SEND of a request. */
export const encodeRequest = <Destination extends RequestDestination>(
  destination: Destination,
  fields: RequestFields<Destination>,
): { destination: Destination; body: string } => ({ destination, body: JSON.stringify(fields) })
