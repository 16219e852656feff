/**
 * Carries what the host has to say to the connections of its people, at whichever node of the host they are. Calls are one-way: they
 * return at once, and whoever is not connected misses what is said.
 */
import type { Broadcast, OutgoingMessage, Refusal } from '../../broker/options/hooks.ts'
import type { KnownPerson, StoredRoom } from './directory.ts'

export interface Fanout {
  /**
   * Delivers to all subscribers of a `/topic/…`. Messages of one destination arrive in the order of the calls.
   * @param message has an `offset` where the destination has a log: it is in the log already, and the offsets of one destination rise.
   */
  publish(destination: string, message: Broadcast): void
  /** Delivers to the own subscription, to `/user/queue/…`, of each connection of a person. */
  tell(personId: string, destination: string, message: OutgoingMessage): void
  /**
   * @param byNameOnly leaves subscriptions with wildcards out.
   * @returns whether somebody listens; it may be yes a moment after the last one has gone, but never no where somebody does.
   */
  hasListeners(destination: string, byNameOnly: boolean): boolean
  /** Ends at once what a person hears of a room, wildcards that cover a public room included. */
  endFor(personId: string, room: Pick<StoredRoom, 'roomId' | 'kind'>): void
  /** Ends at once what anybody hears of a room by its name. */
  endForEverybody(roomId: string): void
  /** Closes the connections of everybody else who goes by this person's name. */
  closeNamesakes(person: KnownPerson, reason: Refusal): void
}
