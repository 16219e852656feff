/** The room directory of a Stompbox host: what rooms there are, what becomes of them, and new ones. */
import { z } from 'zod'
import { Failure, type AppError } from '../contract/errors.ts'
import { roomIdSchema, roomKinds } from '../contract/model.ts'
import {
  createRoomDestination,
  directoryAnswer,
  directoryDestination,
  ownRoomsDestination,
  refusalsDestination,
  repliesDestination,
} from './codec.ts'
import { refusal, type Addressee, type ReceivedFrame } from './error-frames.ts'
import { parseObject } from './message-fields.ts'
import type { Clock, Ids, Log } from './ports.ts'
import type { ListedRoom } from './rooms.ts'
import type { Session } from './session.ts'

/** Milliseconds that a host has to answer a request. */
const answerDeadline = 10_000

const listedRoomSchema = z.object({
  roomId: roomIdSchema,
  kind: z.enum(roomKinds).default('public'),
  name: z.string().min(1).max(200),
  topic: z.string().max(2000).default(''),
  personId: z.string().min(1).max(200).nullable().default(null),
  nextOffset: z.int().nonnegative().nullable().catch(null).default(null),
})
/** A room that can't be read must not hide the others. */
const listSchema = z.object({ rooms: z.array(listedRoomSchema.nullable().catch(null)).max(10_000) })
const eventSchema = z.object({
  type: z.enum(['ROOM_CREATED', 'ROOM_CHANGED', 'ROOM_REMOVED']),
  room: listedRoomSchema,
})
/** Who is what in a room is no part of the directory. */
const ownEventSchema = z.union([eventSchema, z.object({ type: z.literal('MEMBER_CHANGED') })])
const replySchema = z.object({ requestId: z.string(), room: listedRoomSchema })

export interface DirectoryOptions {
  session: Session
  clock: Clock
  ids: Ids
  log: Log
  addressee: Addressee
  onListed(rooms: ListedRoom[]): void
  onRoom(room: ListedRoom): void
  onRemoved(room: ListedRoom): void
  /** The host refused something that nobody waits for. */
  onError(error: AppError): void
}

export interface Directory {
  /** Makes a room on the host. Rejects with its refusal, and with `offline` where no answer comes. */
  createRoom(name: string): Promise<ListedRoom>
}

interface Request {
  resolve(room: ListedRoom): void
  reject(failure: Failure): void
}

export const openDirectory = (options: DirectoryOptions): Directory => {
  const { session, clock, ids, log, addressee } = options
  const requests = new Map<string, Request>()

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
    const request = requests.get(headers.requestId ?? '')
    const waiting = session.refuse(headers['receipt-id'] ?? '', error)
    if (request) request.reject(new Failure(error.code, error.params, error.detail))
    else if (!waiting) options.onError(error)
  }

  session.subscribe(refusalsDestination, {}, refused)
  listen(repliesDestination, replySchema, ({ requestId, room }) => requests.get(requestId)?.resolve(room))
  const changed = ({ type, room }: z.infer<typeof eventSchema>): void =>
    type === 'ROOM_REMOVED' ? options.onRemoved(room) : options.onRoom(room)
  listen(directoryDestination, eventSchema, changed)
  listen(ownRoomsDestination, ownEventSchema, event => {
    if (event.type !== 'MEMBER_CHANGED') changed(event)
  })
  listen(directoryAnswer, listSchema, ({ rooms }) => options.onListed(rooms.filter(room => room !== null)))

  return {
    async createRoom(name) {
      const requestId = ids.next()
      const answer = new Promise<ListedRoom>((resolve, reject) =>
        requests.set(requestId, { resolve, reject }),
      )
      const giveUp = (): void => requests.get(requestId)?.reject(new Failure('offline'))
      const cancel = clock.after(answerDeadline, giveUp)
      const sent = session.send(createRoomDestination, JSON.stringify({ name, requestId }))
      sent.catch((thrown: unknown) =>
        requests
          .get(requestId)
          ?.reject(thrown instanceof Failure ? thrown : new Failure('offline', {}, thrown)),
      )
      try {
        return await answer
      } finally {
        cancel()
        requests.delete(requestId)
      }
    },
  }
}
