/** SEND `/app/room/delete`: deletes a room and everything in it for good. For its owners. */
import { refused } from '../wire/refusal.ts'
import { firstRoomId, type Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'
import { roomRequest } from './room-request.ts'

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
  // Messages before the deletion are stored and broadcast before it.
  await context.messages.settled()
  const room = context.access.asRole(body.roomId, client.principal.id, 'owner')
  if (room.roomId === firstRoomId)
    throw refused('not-allowed', 'every host has this room: archive it, or rename it')
  await removeRoom(context, room)
  return room
})
