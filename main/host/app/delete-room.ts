/** SEND `/app/room/delete`: deletes a room and everything in it permanently. For its owners. */
import { refused } from '../wire/refusal.ts'
import { firstRoomId, type Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'
import { roomRequest } from './answered-request.ts'

/** Deletes a room, and tells everybody who could see it. */
export const removeRoom = async (
  { rooms, tails, events, fanout }: Pick<AppContext, 'rooms' | 'tails' | 'events' | 'fanout'>,
  room: Room,
): Promise<void> => {
  await rooms.remove(room)
  tails.forget(room.roomId)
  events.tell('ROOM_REMOVED', room)
  fanout.endForEverybody(room.roomId)
}

export const deleteRoom = roomRequest('/app/room/delete', async (context, client, body) => {
  // Messages sent before the deletion are stored and broadcast first.
  await context.messages.settled()
  const room = context.access.asRole(body.roomId, client.principal.id, 'owner')
  if (room.roomId === firstRoomId)
    throw refused('not-allowed', 'this room can’t be deleted: archive it, or rename it')
  await removeRoom(context, room)
  return room
})
