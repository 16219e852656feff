/** SEND `/app/room/ban`: bans a person from a room, or unbans them. For moderators. */
import { refused } from '../wire/refusal.ts'
import { requireAuthority } from './authority.ts'
import { findPerson } from './person.ts'
import { roomRequest } from './answered-request.ts'

export const banPerson = roomRequest('/app/room/ban', async (context, client, body) => {
  const { access, rooms, events, fanout } = context
  const { id } = client.principal
  const room = access.asRole(body.roomId, id, 'moderator')
  const about = await findPerson(context, body, room)
  if (about === id) throw refused('input-invalid', 'personId: you can’t ban yourself')
  const banned = body.banned ?? true
  if (banned === (room.standings.get(about) === 'banned')) return room
  if (!banned) {
    await rooms.setStanding(room, about, null)
    if (room.kind === 'public' && !room.archived) events.tellPerson('ROOM_CREATED', room, about)
    await events.tellStanding(room, about, 'banned')
    return room
  }
  requireAuthority(context, room, id, about)
  const before = room.standings.get(about) ?? null
  await rooms.setStanding(room, about, 'banned')
  fanout.endFor(about, room)
  events.tellPerson('ROOM_REMOVED', room, about, { reason: 'banned' })
  await events.tellStanding(room, about, before)
  return room
})
