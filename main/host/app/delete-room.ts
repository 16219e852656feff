/** SEND `/app/room/delete`: takes a room and everything in it away for good. For its owners. */
import { z } from 'zod'
import { refused } from '../wire/refusal.ts'
import { firstRoomId, type Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'
import { roomFields, roomRequest } from './room-request.ts'

/** Takes a room away, and tells everybody who could see it. */
export const removeRoom = ({ history, rooms, events }: Omit<AppContext, 'publish'>, room: Room): void => {
  // What was said before is stored, and told, before.
  history.messages.flush()
  rooms.remove(room)
  history.messages.forget(room.roomId)
  events.tell('ROOM_REMOVED', room)
  events.cutEverybody(room)
}

export const deleteRoom = roomRequest(z.object(roomFields), (context, client, body) => {
  const room = context.access.asRole(body.roomId, client.principal.id, 'owner')
  if (room.roomId === firstRoomId)
    throw refused('not-allowed', 'every host has this room: archive it, or rename it')
  removeRoom(context, room)
  return room
})
