/** Checks whether a person may act on another one in a room. */
import { rankOf } from '../rooms/access.ts'
import { refused } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'

/** A person may only act on people of a lower role. @throws {RefusedError} `not-allowed` */
export const requireAuthority = (
  { access }: AppContext,
  room: Room,
  personId: string,
  about: string,
): void => {
  if (rankOf(access.roleIn(room, personId)) > rankOf(access.roleIn(room, about))) return
  throw refused('not-allowed', 'this requires a higher role than this person’s')
}

/** A room always has an owner. @throws {RefusedError} `not-allowed` */
export const requireOtherOwner = ({ standings }: Room, personId: string): void => {
  if (standings.get(personId) !== 'owner') return
  const owners = [...standings.values()].filter(standing => standing === 'owner')
  if (owners.length > 1) return
  throw refused(
    'not-allowed',
    'a room needs an owner: make another person an owner first, or archive the room',
  )
}
