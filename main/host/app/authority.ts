/** Checks whether one person may decide about another one in a room. */
import { rankOf } from '../rooms/access.ts'
import { refused } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'

/** Nobody decides about people of their own rank or above. @throws {RefusedError} `not-allowed` */
export const requireAuthority = (
  { access }: AppContext,
  room: Room,
  personId: string,
  about: string,
): void => {
  if (rankOf(access.roleIn(room, personId)) > rankOf(access.roleIn(room, about))) return
  throw refused('not-allowed', 'only somebody with a higher role may decide about this person')
}

/** A room keeps an owner. @throws {RefusedError} `not-allowed` */
export const requireOtherOwner = ({ standings }: Room, personId: string): void => {
  if (standings.get(personId) !== 'owner') return
  const owners = [...standings.values()].filter(standing => standing === 'owner')
  if (owners.length > 1) return
  throw refused('not-allowed', 'the only owner stays: make somebody else an owner first, or archive the room')
}
