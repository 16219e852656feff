/** SEND `/app/room/invite`: makes a person a member of a private room. For moderators. */
import { refused } from '../wire/refusal.ts'
import { findPerson, isKnown } from './person.ts'
import { roomRequest } from './answered-request.ts'

export const invitePerson = roomRequest('/app/room/invite', async (context, client, body) => {
  const { access, rooms, events } = context
  const room = access.asRole(body.roomId, client.principal.id, 'moderator')
  if (room.kind === 'public')
    throw refused('input-invalid', 'roomId: everybody is a member of a public room already')
  const invited = await findPerson(context, body, room)
  if (!isKnown(context, invited))
    throw refused(
      'input-invalid',
      'personId: guests can’t be invited, because the host would not recognise them later',
    )
  if (access.roleIn(room, invited) !== null) return room
  await rooms.setStanding(room, invited, 'member')
  if (!room.archived) events.tellPerson('ROOM_CREATED', room, invited, { invitedBy: client.principal.name })
  await events.tellStanding(room, invited, null)
  return room
})
