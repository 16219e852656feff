/** The subscriptions of one session to the rooms of its server, each resumed where the cache ends. */
import type { AppError } from '../contract/errors.ts'
import type { Room, RoomKey, ServerKind } from '../contract/model.ts'
import { offsetOf, roomSubscription, type Templates } from './codec.ts'
import type { ReceivedFrame } from './error-frames.ts'
import type { MessageCache } from './ports.ts'
import type { Session } from './session.ts'

export interface RoomSubscriptionsOptions {
  session: Session
  cache: MessageCache
  kind: ServerKind
  templates: Templates
  onMessage(room: RoomKey, frame: ReceivedFrame): void
  /** The server does not let the person listen to the room. */
  onRefused(room: Room, error: AppError): void
}

export interface RoomSubscriptions {
  /**
   * Subscribes unless that is done. Rejects with the cache's failure.
   * @param standsAt the offset that the server gives next there; null where it does not say.
   */
  add(room: Room, standsAt: number | null): Promise<void>
  remove(room: RoomKey): void
}

export const createRoomSubscriptions = (options: RoomSubscriptionsOptions): RoomSubscriptions => {
  const { session, cache, kind, templates } = options
  /** What ends each subscription; while the cache is asked where to go on, nothing yet. */
  const ends = new Map<RoomKey, (() => void) | null>()

  /**
   * @returns the offset to go on at; null for the beginning. A history that ends before what the cache has is another one than it was, of
   * which nothing is known.
   */
  const startOf = async (room: RoomKey, standsAt: number | null): Promise<number | null> => {
    const kept = kind === 'stompbox' ? await cache.nextOffset(room) : null
    return kept !== null && standsAt !== null && standsAt < kept ? null : kept
  }

  const subscribe = (room: Room, nextOffset: number | null): void => {
    const { key, roomId } = room
    const { destination, headers } = roomSubscription(kind, templates, roomId, nextOffset)
    const take = (frame: ReceivedFrame): void => {
      const offset = offsetOf(frame.headers)
      if (offset !== null && nextOffset !== null && offset < nextOffset) {
        // Another history, as above.
        end()
        subscribe(room, null)
        return
      }
      options.onMessage(key, frame)
    }
    const end = session.subscribe(destination, headers, take, error => options.onRefused(room, error))
    ends.set(key, end)
  }

  return {
    async add(room, standsAt) {
      if (ends.has(room.key)) return
      ends.set(room.key, null)
      const nextOffset = await startOf(room.key, standsAt)
      if (ends.get(room.key) === null) subscribe(room, nextOffset)
    },
    remove(key) {
      ends.get(key)?.()
      ends.delete(key)
    },
  }
}
