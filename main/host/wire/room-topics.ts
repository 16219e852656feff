/** The subscriptions that cover a room. */
import type { RoomKind } from '../../../shared/protocol/people.ts'
import { destinationsOf, roomDestination, roomOf } from '../../../shared/protocol/destinations.ts'
import type { Client } from '../../broker/options/hooks.ts'
import { isPattern, matcher } from '../../broker/destinations/topic-pattern.ts'

/** @returns whether a client receives the messages of a room: by its name or, if it is public, by a wildcard. */
export const hears = (
  client: Pick<Client, 'subscribes' | 'destinations'>,
  { roomId, kind }: { roomId: string; kind: RoomKind },
): boolean => {
  const destination = roomDestination(roomId)
  if (client.subscribes(destination)) return true
  return (
    kind === 'public' && client.destinations().some(each => isPattern(each) && matcher(each)(destination))
  )
}

/** @returns whether a subscription to this destination receives messages of this room; wildcards count. */
export const covers = (destination: string, roomId: string): boolean => {
  if (!isPattern(destination)) return roomOf(destination) === roomId
  const matches = matcher(destination)
  return destinationsOf(roomId).some(matches)
}
