/** SEND `/app/room/role`: makes a person an owner, a moderator or a member. For owners. */
import { refused } from '../wire/refusal.ts'
import { requireOtherOwner } from './authority.ts'
import { findPerson, isKnown } from './person.ts'
import { roomRequest } from './answered-request.ts'

export const setRole = roomRequest('/app/room/role', async (context, client, body) => {
  const { access, rooms, events } = context
  const room = access.asRole(body.roomId, client.principal.id, 'owner')
  const about = await findPerson(context, body, room)
  if (access.roleIn(room, about) === null)
    throw refused('not-found', 'this person is not in the room: invite or unban them')
  if (!isKnown(context, about))
    throw refused(
      'input-invalid',
      'personId: guests can’t have roles, because the host would not recognise them later',
    )
  const standing = room.kind === 'public' && body.role === 'member' ? null : body.role
  const before = room.standings.get(about) ?? null
  if (before === standing) return room
  requireOtherOwner(room, about)
  await rooms.setStanding(room, about, standing)
  await events.tellStanding(room, about, before)
  return room
})
