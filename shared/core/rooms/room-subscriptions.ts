/** The subscriptions of one session to the rooms of its server, each resumed where the cache ends. */
import type { AppError } from '../../contract/errors.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import type { Dialect, HistoryPoint, ReceivedFrame, Subscription } from '../dialect/dialect.ts'
import type { MessageCache, ResumePoint } from '../ports.ts'
import type { Session } from '../session/session.ts'

export interface RoomSubscriptionsOptions {
  session: Session
  dialect: Dialect
  cache: Pick<MessageCache, 'resumePoint'>
  /** A MESSAGE of the room has arrived. @param onKept has to be called when it is stored. */
  onMessage: (room: RoomKey, frame: ReceivedFrame, dialect: Dialect, onKept: () => void) => void
  /** The server has refused the subscription. */
  onRefused: (room: Room, error: AppError) => void
}

/** @returns whether the first message of a resumed history is the last known one, a later one, or from another history. */
const stepFrom = (last: ResumePoint, next: HistoryPoint): 'same' | 'further' | 'elsewhere' => {
  if (next.offset === null || next.offset > last.offset) return 'further'
  return next.offset === last.offset && next.id === last.id ? 'same' : 'elsewhere'
}

export class RoomSubscriptions {
  readonly #options: RoomSubscriptionsOptions
  /** Functions that end each subscription; null while the cache is asked for the resume point. */
  readonly #ends = new Map<RoomKey, (() => void) | null>()

  constructor(options: RoomSubscriptionsOptions) {
    this.#options = options
  }

  /**
   * Subscribes, unless subscribed already. Rejects with the cache's failure.
   * @param tail the next offset of the room on the server; null where it does not say.
   */
  async add(room: Room, tail: number | null): Promise<void> {
    if (this.#ends.has(room.key)) return
    this.#ends.set(room.key, null)
    const start = await this.#startOf(room.key, tail)
    if (this.#ends.get(room.key) === null) this.#subscribe(room, start)
  }

  remove(room: RoomKey): void {
    this.#ends.get(room)?.()
    this.#ends.delete(room)
  }

  /** @returns where to resume; null for the beginning. A history that ends before the cached offset is a different one. */
  async #startOf(room: RoomKey, tail: number | null): Promise<ResumePoint | null> {
    const { dialect, cache } = this.#options
    const kept = dialect.features.includes('history') ? await cache.resumePoint(room) : null
    return kept !== null && tail !== null && tail <= kept.offset ? null : kept
  }

  /** Resumes with the last message. If another message has its offset, the history is a different one, and is read from the beginning. */
  #subscribe(room: Room, resumed: ResumePoint | null): void {
    const { dialect } = this.#options
    let last = resumed
    this.#listen(room, dialect.roomSubscription(room.roomId, resumed?.offset ?? null), frame => {
      const step = last === null ? 'further' : stepFrom(last, dialect.historyPoint(frame))
      last = null
      if (step === 'further') this.#take(room.key, frame)
      if (step === 'elsewhere') this.#startOver(room)
    })
  }

  #startOver(room: Room): void {
    this.#ends.get(room.key)?.()
    const { destination, headers } = this.#options.dialect.roomSubscription(room.roomId, null)
    // Under a new id, so that messages in flight to the ended subscription are not mistaken for the beginning.
    const { id: _shared, ...others } = headers
    this.#listen(room, { destination, headers: others }, frame => this.#take(room.key, frame))
  }

  #listen(room: Room, { destination, headers }: Subscription, take: (frame: ReceivedFrame) => void): void {
    const { session, onRefused } = this.#options
    const end = session.subscribe(destination, headers, take, error => onRefused(room, error))
    this.#ends.set(room.key, end)
  }

  #take(room: RoomKey, frame: ReceivedFrame): void {
    const { session, dialect, onMessage } = this.#options
    // A queue redelivers unacknowledged messages.
    onMessage(room, frame, dialect, () => session.ack(frame))
  }
}
