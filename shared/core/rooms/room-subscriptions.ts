/** The subscriptions of one session to the rooms of its server, each resumed where the cache ends. */
import type { AppError } from '../../contract/errors.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import { offsetOf } from '../dialect/codec.ts'
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

/** Where a room is read from: a message, whose id counts where it is known. */
type Start = Pick<ResumePoint, 'offset'> & { id: ResumePoint['id'] | null }

/** @returns whether the first message of a resumed history is the last known one, a later one, or from another history. */
const stepFrom = (last: Start, next: HistoryPoint): 'same' | 'further' | 'elsewhere' => {
  if (next.offset === null || next.offset > last.offset) return 'further'
  const isSame = next.offset === last.offset && (last.id === null || next.id === last.id)
  return isSame ? 'same' : 'elsewhere'
}

/** @returns the subscription under another id, so that messages in flight to the ended one are not mistaken for its own. */
const underNewId = ({ destination, headers }: Subscription): Subscription => {
  const { id: _shared, ...others } = headers
  return { destination, headers: others }
}

export class RoomSubscriptions {
  readonly #options: RoomSubscriptionsOptions
  /** Functions that end each subscription; null while the cache is asked for the resume point. */
  readonly #ends = new Map<RoomKey, (() => void) | null>()
  /** The offset after which each room had its last hole. */
  readonly #patched = new Map<RoomKey, number>()

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

  /**
   * Resumes with the last message. If another message has its offset, the history is a different one, and is read from the beginning. After
   * a hole in the offsets the room is read again from there; a hole that is still there then is one of the server.
   * @param again whether the room was subscribed to before in this session.
   */
  #subscribe(room: Room, start: Start | null, again = false): void {
    const { dialect } = this.#options
    const keepsHistory = dialect.features.includes('history')
    const wanted = dialect.roomSubscription(room.roomId, start?.offset ?? null)
    let first = start
    let newest = start?.offset ?? null
    this.#listen(room, again ? underNewId(wanted) : wanted, frame => {
      const step = first === null ? 'further' : stepFrom(first, dialect.historyPoint(frame))
      const isFirst = newest === null || first !== null
      first = null
      if (step === 'same') return
      if (step === 'elsewhere') {
        this.#renew(room, null)
        return
      }
      const offset = keepsHistory ? offsetOf(frame.headers) : null
      const before = isFirst ? null : newest
      if (before !== null && offset !== null && offset > before + 1) {
        if (this.#patched.get(room.key) !== before) {
          this.#patched.set(room.key, before)
          this.#renew(room, { offset: before, id: null })
          return
        }
      }
      if (offset !== null && offset > (newest ?? -1)) newest = offset
      this.#take(room.key, frame)
    })
  }

  #renew(room: Room, start: Start | null): void {
    this.#ends.get(room.key)?.()
    this.#subscribe(room, start, true)
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
