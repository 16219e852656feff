/** SEND `/app/room/direct`: makes the direct room of two people, unless they have one. */
import { refused } from '../wire/refusal.ts'
import { removeRoom } from './delete-room.ts'
import { findPerson, isKnown, requireDeviceKey } from './person.ts'
import { roomRequest } from './answered-request.ts'

export const directRoom = roomRequest('/app/room/direct', async (context, client, body) => {
  const { rooms, events } = context
  const { id } = client.principal
  requireDeviceKey(context, id)
  const other = await findPerson(context, body)
  if (other === id) throw refused('input-invalid', 'personId: a direct room needs another person')
  if (!isKnown(context, other))
    throw refused(
      'input-invalid',
      'personId: guests can’t have direct rooms, because the host would not recognise them later',
    )
  const { room, isNew, makesWay } = await rooms.direct(id, other, client.address)
  for (const empty of makesWay) await removeRoom(context, empty)
  if (isNew) events.tell('ROOM_CREATED', room)
  return room
})
