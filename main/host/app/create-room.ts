/**
 * SEND `/app/room/create`: makes a room. A repeated request of the same person returns the room that the first one
 * made.
 */
import { refused } from '../wire/refusal.ts'
import { isKnown, requireDeviceKey } from './person.ts'
import { requireFreeName } from './room-name.ts'
import { roomRequest } from './answered-request.ts'

export const createRoom = roomRequest('/app/room/create', async (context, client, body, requestId) => {
  const { access, rooms, events } = context
  const { id: personId } = client.principal
  const request = requestId === undefined ? undefined : { personId, requestId }
  const made = request && (await rooms.answerTo(request))
  // The person may have left it since.
  if (made) return access.readable(made.roomId, personId)
  const kind = body.kind ?? 'public'
  if (kind === 'private') requireDeviceKey(context, personId)
  if (kind === 'private' && body.roomId)
    throw refused('input-invalid', 'roomId: the host chooses the id of a private room')
  if (kind === 'public') requireFreeName(rooms, body.name)
  const room = await rooms.create({
    name: body.name,
    topic: body.topic ?? '',
    kind,
    roomId: body.roomId ?? undefined,
    // The host would not recognise a guest later.
    ownerId: isKnown(context, personId) ? personId : null,
    address: client.address,
    request,
  })
  events.tell('ROOM_CREATED', room)
  return room
})
