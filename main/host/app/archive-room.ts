/** SEND `/app/room/archive`: makes a room read-only and removes it from the directory, or restores it. For owners. */
import { roomRequest } from './answered-request.ts'

export const archiveRoom = roomRequest(
  '/app/room/archive',
  async ({ access, rooms, events }, client, body) => {
    const room = access.asRole(body.roomId, client.principal.id, 'owner')
    const archived = body.archived ?? true
    if (archived === room.archived) return room
    const changed = await rooms.change(room, { archived })
    events.tell('ROOM_CHANGED', changed)
    return changed
  },
)
