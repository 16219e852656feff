/** The person named by a request: by id, or by a claimed name. */
import { nameKey } from '../../../shared/text/fold.ts'
import { refused } from '../wire/refusal.ts'
import type { Room } from '../rooms/rooms.ts'
import type { AppContext } from './context.ts'

interface Named {
  personId?: string | null | undefined
  name?: string | null | undefined
}

/** @returns whether the host would recognise this person at their next visit; it does not recognise guests. */
export const isKnown = ({ known }: AppContext, personId: string): boolean =>
  known.byId(personId) !== undefined

/** @throws {RefusedError} for a guest: the request needs a device key. */
export const requireDeviceKey = (context: AppContext, personId: string): void => {
  if (!isKnown(context, personId))
    throw refused('device-key-missing', 'guests may not do that: CONNECT with a device-key')
}

/**
 * @returns the id of a person who has claimed a name, is connected, or is named in the room.
 * @throws {RefusedError} `input-invalid`, `not-found`
 */
export const findPerson = async (
  context: AppContext,
  { personId, name }: Named,
  room?: Room,
): Promise<string> => {
  if (personId) {
    if (room?.standings.has(personId) || isKnown(context, personId)) return personId
    if (await context.presence.isConnected(personId)) return personId
    throw refused('not-found', `there is no person with the personId "${personId}"`)
  }
  if (!name) throw refused('input-invalid', 'personId: name the person by personId or by name')
  const known = context.known.byName(nameKey(name))
  if (known) return known.personId
  throw refused('not-found', `nobody has claimed the name "${name}" here: name guests by their personId`)
}
