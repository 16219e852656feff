/** SUBSCRIBE `/app/rooms`: answers once with the rooms that the person may see. Changes come on `/topic/rooms` and `/user/queue/rooms`. */
import type { RoomList } from '../../../shared/protocol/events.ts'
import type { Client } from '../../broker/options/hooks.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext, SubscribeHandler } from './context.ts'
import { jsonMessage } from '../wire/json-body.ts'

const seenBy = (
  { rooms, access, events }: AppContext,
  { principal }: Client,
  wanted: (room: Room) => boolean,
): RoomList => ({
  rooms: rooms.list().flatMap(room => {
    const role = access.roleIn(room, principal.id)
    return role !== null && wanted(room) ? [{ ...events.view(room, principal.id), role }] : []
  }),
})

export const listRooms: SubscribeHandler = (context, client) => [
  jsonMessage(seenBy(context, client, room => !room.archived)),
]

/** SUBSCRIBE `/app/rooms/archived`: answers once with the archived rooms. */
export const listArchivedRooms: SubscribeHandler = (context, client) => [
  jsonMessage(seenBy(context, client, room => room.archived)),
]
