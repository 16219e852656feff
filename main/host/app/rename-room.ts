/** SEND `/app/room/rename`: changes a room's name, topic, or both. For moderators. */
import { refused } from '../wire/refusal.ts'
import { requireFreeName } from './room-name.ts'
import { roomRequest } from './answered-request.ts'

export const renameRoom = roomRequest('/app/room/rename', async ({ access, rooms, events }, client, body) => {
  const room = access.asRole(body.roomId, client.principal.id, 'moderator')
  const name = body.name ?? room.name
  const topic = body.topic ?? room.topic
  if (!body.name && typeof body.topic !== 'string')
    throw refused('input-invalid', 'name: give a name, a topic, or both')
  if (name === room.name && topic === room.topic) return room
  if (name !== room.name && room.kind === 'public') requireFreeName(rooms, name, room)
  const renamed = await rooms.change(room, { name, topic })
  events.tell('ROOM_CHANGED', renamed)
  return renamed
})
