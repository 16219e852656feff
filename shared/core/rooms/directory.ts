/** The room directory of a Stompbox host: what rooms there are, what becomes of them. */
import { z } from 'zod'
import type { AppError } from '../../contract/errors.ts'
import { absences, roomIdSchema, roomKinds, type Absence } from '../../contract/model.ts'
import {
  archivedAnswer,
  directoryAnswer,
  directoryDestination,
  ownRoomsDestination,
  refusalsDestination,
  repliesDestination,
} from '../dialect/codec.ts'
import { refusal, type Addressee, type ReceivedFrame } from '../dialect/error-frames.ts'
import { memberChangeSchema, type MemberChange } from './members.ts'
import { parseObject } from '../dialect/message-fields.ts'
import type { Clock, Ids, Log } from '../ports.ts'
import { createRoomRequests, type RoomRequests } from './room-requests.ts'
import type { ListedRoom } from '../dialect/room-destinations.ts'
import type { Session } from '../session/session.ts'

const listedRoomSchema = z.object({
  roomId: roomIdSchema,
  kind: z.enum(roomKinds).default('public'),
  name: z.string().min(1).max(200),
  topic: z.string().max(2000).default(''),
  personId: z.string().min(1).max(200).nullable().default(null),
  archived: z.boolean().default(false),
  nextOffset: z.int().nonnegative().nullable().catch(null).default(null),
})
/** A room that can't be read must not hide the others. */
const listSchema = z
  .object({ rooms: z.array(listedRoomSchema.nullable().catch(null)).max(10_000) })
  .transform(({ rooms }) => rooms.filter(room => room !== null))
const eventSchema = z.object({
  type: z.enum(['ROOM_CREATED', 'ROOM_CHANGED', 'ROOM_REMOVED']),
  room: listedRoomSchema,
  /** Of a room that is removed: why. */
  reason: z.enum(absences).catch('gone'),
  /** Of a room that the person was invited to: the name of the one who did. */
  invitedBy: z.string().min(1).max(200).nullable().catch(null).default(null),
})
const ownEventSchema = z.union([eventSchema, memberChangeSchema])
const replySchema = z.object({ requestId: z.string(), room: listedRoomSchema })

export interface DirectoryOptions {
  session: Session
  clock: Clock
  ids: Ids
  log: Log
  addressee: Addressee
  onListed(rooms: ListedRoom[]): void
  /** There is a room for the person that was not there before. */
  onMade(room: ListedRoom, invitedBy: string | null): void
  onChanged(room: ListedRoom): void
  onRemoved(room: ListedRoom, absence: Absence): void
  /** Somebody is something else in a room than before. */
  onMember(change: MemberChange): void
  /** The host refused something that nobody waits for. */
  onError(error: AppError): void
}

/** @returns what asks the host about rooms, while the directory is listened to. */
export const openDirectory = (options: DirectoryOptions): Pick<RoomRequests, 'ask'> => {
  const { session, clock, ids, log, addressee } = options
  const requests = createRoomRequests(session, clock, ids)

  /** Listens to a destination; a body of another shape than `schema` is left out. */
  const listen = <Body>(destination: string, schema: z.ZodType<Body>, take: (body: Body) => void): void => {
    session.subscribe(destination, {}, frame => {
      const parsed = schema.safeParse(parseObject(frame.body))
      if (parsed.success) take(parsed.data)
      else log.warn('directory-unreadable', { destination })
    })
  }

  const refused = ({ headers, body }: ReceivedFrame): void => {
    const error = refusal(headers.code, headers.message ?? body, addressee)
    const asked = requests.refused(headers.requestId ?? '', error)
    const waiting = session.refuse(headers['receipt-id'] ?? '', error)
    if (!asked && !waiting) options.onError(error)
  }

  session.subscribe(refusalsDestination, {}, refused)
  listen(repliesDestination, replySchema, ({ requestId, room }) => requests.answered(requestId, room))
  const changed = ({ type, room, reason, invitedBy }: z.infer<typeof eventSchema>): void => {
    if (type === 'ROOM_CREATED') options.onMade(room, invitedBy)
    else if (type === 'ROOM_CHANGED') options.onChanged(room)
    else options.onRemoved(room, reason)
  }
  listen(directoryDestination, eventSchema, changed)
  listen(ownRoomsDestination, ownEventSchema, event => {
    if (event.type === 'MEMBER_CHANGED') options.onMember(event)
    else changed(event)
  })
  // Answered in the order of asking: with the directory, all rooms are known.
  let archived: ListedRoom[] = []
  listen(archivedAnswer, listSchema, rooms => (archived = rooms.map(room => ({ ...room, archived: true }))))
  listen(directoryAnswer, listSchema, rooms => options.onListed([...rooms, ...archived]))

  return { ask: requests.ask }
}
