/**
 * Delivers the host's messages to the connections of its people, on any node of the host. Calls are one-way: they
 * return at once, and people who are not connected miss the message.
 */
import type { Broadcast, OutgoingMessage, Refusal } from '../../broker/options/hooks.ts'
import type { KnownPerson, StoredRoom } from './directory.ts'

export interface Fanout {
  /**
   * Delivers to all subscribers of a `/topic/…`. Messages of one destination arrive in the order of the calls.
   * @param message has an `offset` if the destination has a log: it is stored already, and the offsets of one
   *   destination rise.
   */
  publish(destination: string, message: Broadcast): void
  /** Delivers to each connection of a person, on that connection's own subscription to `/user/queue/…`. */
  tell(personId: string, destination: string, message: OutgoingMessage): void
  /**
   * @param byNameOnly leaves subscriptions with wildcards out.
   * @returns whether there are listeners. A yes may be outdated by a moment; a no never is.
   */
  hasListeners(destination: string, byNameOnly: boolean): boolean
  /** Ends at once all subscriptions of a person that cover a room, including wildcards if the room is public. */
  endFor(personId: string, room: Pick<StoredRoom, 'roomId' | 'kind'>): void
  /** Ends at once everybody's subscriptions to a room by its name. */
  endForEverybody(roomId: string): void
  /** Closes all other connections under this person's name. */
  closeNamesakes(person: KnownPerson, reason: Refusal): void
}
