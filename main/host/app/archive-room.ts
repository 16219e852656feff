/** SEND `/app/room/archive`: takes a room out of the directory, to be read only; or brings it back. For owners. */
import { roomRequest } from './room-request.ts'

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
