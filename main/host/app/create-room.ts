/** SEND `/app/room/create`: makes a room. The same request of the same person makes one, however often it comes. */
import { refused } from '../wire/refusal.ts'
import { isKnown, requireDeviceKey } from './person.ts'
import { requireFreeName } from './room-name.ts'
import { roomRequest } from './room-request.ts'

export const createRoom = roomRequest('/app/room/create', async (context, client, body, requestId) => {
  const { access, rooms, events } = context
  const { id: personId } = client.principal
  const request = requestId === undefined ? undefined : { personId, requestId }
  const made = request && (await rooms.answerTo(request))
  // They may be out of it by now.
  if (made) return access.readable(made.roomId, personId)
  const kind = body.kind ?? 'public'
  if (kind === 'private') requireDeviceKey(context, personId)
  if (kind === 'private' && body.roomId)
    throw refused('input-invalid', 'roomId: the host chooses that of a private room')
  if (kind === 'public') requireFreeName(rooms, body.name)
  const room = await rooms.create({
    name: body.name,
    topic: body.topic ?? '',
    kind,
    roomId: body.roomId ?? undefined,
    // Nobody could ever come back as a guest.
    ownerId: isKnown(context, personId) ? personId : null,
    address: client.address,
    request,
  })
  events.tell('ROOM_CREATED', room)
  return room
})
