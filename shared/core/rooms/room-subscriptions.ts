/** The subscriptions of one session to the rooms of its server, each resumed where the cache ends. */
import type { AppError } from '../../contract/errors.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import type { Dialect, HistoryPoint, ReceivedFrame, Subscription } from '../dialect/dialect.ts'
import type { MessageCache, ResumePoint } from '../ports.ts'
import type { Session } from '../session/session.ts'

export interface RoomSubscriptionsOptions {
  session: Session
  cache: MessageCache
  dialect: Dialect
  onMessage(room: RoomKey, frame: ReceivedFrame): void
  /** The server does not let the person listen to the room. */
  onRefused(room: Room, error: AppError): void
}

type TakeFrame = (frame: ReceivedFrame) => void

export interface RoomSubscriptions {
  /**
   * Subscribes unless that is done. Rejects with the cache's failure.
   * @param standsAt the offset that the server gives next there; null where it does not say.
   */
  add(room: Room, standsAt: number | null): Promise<void>
  remove(room: RoomKey): void
}

/** @returns whether the first message of a resumed history is the last one again, one after it, or of another history. */
const stepFrom = (last: ResumePoint, next: HistoryPoint): 'same' | 'further' | 'elsewhere' => {
  if (next.offset === null || next.offset > last.offset) return 'further'
  return next.offset === last.offset && next.id === last.id ? 'same' : 'elsewhere'
}

export const createRoomSubscriptions = (options: RoomSubscriptionsOptions): RoomSubscriptions => {
  const { session, cache, dialect } = options
  const hasHistory = dialect.features.includes('history')
  /** What ends each subscription; while the cache is asked where to go on, nothing yet. */
  const ends = new Map<RoomKey, (() => void) | null>()

  /** @returns where to go on; null for the beginning. A history that ends before what the cache has of it is another one. */
  const startOf = async (room: RoomKey, standsAt: number | null): Promise<ResumePoint | null> => {
    const kept = hasHistory ? await cache.resumePoint(room) : null
    return kept !== null && standsAt !== null && standsAt <= kept.offset ? null : kept
  }

  const listen = (room: Room, { destination, headers }: Subscription, take: TakeFrame): void => {
    const end = session.subscribe(destination, headers, take, error => options.onRefused(room, error))
    ends.set(room.key, end)
  }
  const readAnew = (room: Room): void => {
    ends.get(room.key)?.()
    const { destination, headers } = dialect.roomSubscription(room.roomId, null)
    // Under another id, so that what is still under way to the subscription that ended is not taken for the beginning.
    const { id: _shared, ...others } = headers
    listen(room, { destination, headers: others }, frame => options.onMessage(room.key, frame))
  }
  /** Goes on with the message that came last. Where another one has its offset, the history is another one, and is read from its beginning. */
  const subscribe = (room: Room, resumed: ResumePoint | null): void => {
    let last = resumed
    const subscription = dialect.roomSubscription(room.roomId, resumed?.offset ?? null)
    listen(room, subscription, frame => {
      const step = last === null ? 'further' : stepFrom(last, dialect.historyPoint(frame))
      last = null
      if (step === 'further') options.onMessage(room.key, frame)
      if (step === 'elsewhere') readAnew(room)
    })
  }

  return {
    async add(room, standsAt) {
      if (ends.has(room.key)) return
      ends.set(room.key, null)
      const start = await startOf(room.key, standsAt)
      if (ends.get(room.key) === null) subscribe(room, start)
    },
    remove(key) {
      ends.get(key)?.()
      ends.delete(key)
    },
  }
}
