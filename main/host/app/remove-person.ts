/** SEND `/app/room/remove`: removes a person from a room. For moderators; everybody may remove themselves. */
import { refused } from '../wire/refusal.ts'
import { requireAuthority, requireOtherOwner } from './authority.ts'
import { findPerson } from './person.ts'
import { roomRequest } from './answered-request.ts'

export const removePerson = roomRequest('/app/room/remove', async (context, client, body) => {
  const { access, rooms, events, fanout } = context
  const { id } = client.principal
  const room = access.readable(body.roomId, id)
  if (room.kind === 'direct') throw refused('not-allowed', 'nobody can be removed from a direct room')
  const removed = await findPerson(context, body, room)
  if (removed !== id) {
    access.asRole(body.roomId, id, 'moderator')
    requireAuthority(context, room, id, removed)
  }
  if (access.roleIn(room, removed) === null) throw refused('not-found', 'this person is not in the room')
  requireOtherOwner(room, removed)
  const before = room.standings.get(removed) ?? null
  if (before) await rooms.setStanding(room, removed, null)
  fanout.endFor(removed, room)
  events.tellPerson('ROOM_REMOVED', room, removed, { reason: removed === id ? 'left' : 'removed' })
  await events.tellStanding(room, removed, before)
  return room
})
