/**
 * SUBSCRIBE `/app/members.{roomId}`: answers once with the people of a room and the person's own role. Only moderators
 * see banned people.
 */
import { rankOf } from '../rooms/access.ts'
import type { SubscribeHandler } from './context.ts'
import type { MemberList } from '../../../shared/protocol/events.ts'
import { jsonMessage } from '../wire/json-body.ts'

export const listMembers: SubscribeHandler = ({ access, known }, { principal }, roomId) => {
  const room = access.readable(roomId, principal.id)
  // Everybody who can read a room has a role in it.
  const role = access.roleIn(room, principal.id) ?? 'member'
  const moderates = rankOf(role) >= rankOf('moderator')
  const members = [...access.standingsIn(room)]
    .filter(([, standing]) => moderates || standing !== 'banned')
    .map(([personId, standing]) => ({
      personId,
      name: known.byId(personId)?.name ?? null,
      standing,
    }))
  const answer: MemberList = { roomId, role, members }
  return [jsonMessage(answer)]
}
