/** What a host really sends has the shape that shared/protocol gives it, without a field more. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as destinations from '../../../../shared/protocol/destinations.ts'
import * as events from '../../../../shared/protocol/events.ts'
import { deletionSchema, roomMessageSchema, tombstoneSchema } from '../../../../shared/protocol/messages.ts'
import { bodies, connect, person, startHost, type Talker } from '../fixture.ts'

const { roomDestination, presenceDestination, typingDestination, membersDestination } = destinations

/** @returns the schema, and those of the objects within it, with every unknown field an error. */
const strict = (schema: z.core.$ZodType): z.core.$ZodType => {
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => [name, strict(field)])
    return z.strictObject(Object.fromEntries(shape) as z.ZodRawShape)
  }
  if (schema instanceof z.ZodArray) return z.array(strict(schema.element))
  // A client takes what it can't read for missing; a host has no such excuse.
  if (schema instanceof z.ZodCatch) return strict(schema.unwrap())
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return z.optional(strict(schema.unwrap()))
  if (schema instanceof z.ZodNullable) return z.nullable(strict(schema.unwrap()))
  return schema
}

const messagesOfRoom = [roomMessageSchema, deletionSchema, tombstoneSchema]

/** Listens to a destination, and collects what comes there that has none of these shapes. */
const watch = async (talker: Talker, destination: string, ...schemas: z.core.$ZodType[]) => {
  const heard = await talker.subscribe(destination, { 'x-stream-offset': 'first' })
  const shapes = schemas.map(strict)
  return {
    types: () => new Set(bodies(heard).map(({ type }) => type)),
    count: () => heard.length,
    misshapen: () =>
      bodies(heard).flatMap(body =>
        shapes.some(shape => z.safeParse(shape, body).success)
          ? []
          : [{ destination, body, why: z.safeParse(shapes[0] ?? z.never(), body).error?.issues }],
      ),
  }
}

test('rooms, messages, people, presence, typing and answers', async () => {
  const { ws } = await startHost()
  const [ada, bob] = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  const guest = await connect(ws, { login: 'Gil' })
  const room = await watch(bob, roomDestination('general'), ...messagesOfRoom)
  const publicRooms = await watch(bob, destinations.directoryDestination, events.roomEventSchema)
  const own = [events.roomEventSchema, events.memberEventSchema]
  const ownRooms = await watch(bob, destinations.ownRoomsDestination, ...own)
  const presence = await watch(bob, presenceDestination('general'), events.presenceSchema)
  const typing = await watch(bob, typingDestination('general'), events.typingSchema)
  const replies = await watch(ada, destinations.repliesDestination, events.replySchema)

  await guest.subscribe(roomDestination('general'))
  await guest.send('/app/typing', { roomId: 'general' })
  await guest.send('/app/chat/message', { roomId: 'general', content: 'hello' })
  await ada.send('/app/chat/message', { roomId: 'general', id: 'm1', content: 'gone soon' })
  await ada.send('/app/chat/delete', { roomId: 'general', id: 'm1' })
  await ada.send('/app/room/create', { name: 'Open', requestId: 'r1' })
  await ada.send('/app/room/rename', { roomId: 'open', topic: 'all of it' })
  await ada.send('/app/room/role', { roomId: 'open', personId: bob.id, role: 'moderator' })
  await ada.send('/app/room/create', { name: 'Closed', kind: 'private', requestId: 'r2' })
  await ada.send('/app/room/direct', { personId: bob.id })
  await ada.send('/app/room/ban', { roomId: 'open', personId: bob.id })
  await ada.send('/app/room/archive', { roomId: 'open' })

  const heard = [room, publicRooms, ownRooms, presence, typing, replies]
  await expect.poll(() => room.types()).toEqual(new Set(['CHAT', 'DELETE']))
  await expect.poll(() => publicRooms.types()).toEqual(new Set(['ROOM_CREATED', 'ROOM_CHANGED']))
  await expect
    .poll(() => ownRooms.types())
    .toEqual(new Set(['ROOM_CREATED', 'ROOM_REMOVED', 'MEMBER_CHANGED']))
  await expect.poll(() => presence.count()).toBeGreaterThan(0)
  await expect.poll(() => typing.count()).toBeGreaterThan(0)
  await expect.poll(() => replies.count()).toBe(7)

  const history = await watch(ada, roomDestination('general'), ...messagesOfRoom)
  await expect.poll(() => history.types()).toEqual(new Set(['CHAT', 'DELETED', 'DELETE']))
  await ada.send('/queue/orders', { one: 1 })
  const answers = [
    await watch(ada, destinations.directoryAnswer, events.roomListSchema),
    await watch(ada, destinations.archivedAnswer, events.roomListSchema),
    await watch(ada, membersDestination('open'), events.memberListSchema),
    await watch(ada, destinations.queuesAnswer, events.queueListSchema),
  ]
  for (const answer of answers) await expect.poll(() => answer.count()).toBe(1)
  expect([...heard, history, ...answers].flatMap(each => each.misshapen())).toEqual([])
})
