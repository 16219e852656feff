/** The subscriptions of one session to the rooms of its server, each resumed where the cache ends. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import { offsetOf } from '../dialect/codec.ts'
import type { Dialect, HistoryPoint, ReceivedFrame, Sending, Subscription } from '../dialect/dialect.ts'
import type { MessageCache, ResumePoint } from '../ports.ts'
import type { OfflineLines } from './offline-lines.ts'
import type { Session } from '../session/session.ts'

export interface RoomSubscriptionsOptions {
  session: Session
  dialect: Dialect
  cache: Pick<MessageCache, 'resumePoint'>
  /** The rooms of a server without history; null for one with it. */
  lines: Pick<OfflineLines, 'follow' | 'unfollow'> | null
  /** A MESSAGE of the room has arrived. @param onKept has to be called when it is stored. */
  onMessage: (room: RoomKey, frame: ReceivedFrame, dialect: Dialect, onKept: () => void) => void
  /** A room that {@link RoomSubscriptions.add} was called for is subscribed to. */
  onOpened: () => void
  /** The server has refused the subscription. */
  onRefused: (room: Room, error: AppError) => void
}

/** Where a room is read from: a message, whose id counts where it is known. */
type Start = Pick<ResumePoint, 'offset'> & { id: ResumePoint['id'] | null }

/**
 * @returns whether the first message of a resumed history is the last known one, a later one, or from another history.
 *   A message without an id of its own is told by its offset alone.
 */
const stepFrom = (last: Start, next: HistoryPoint): 'same' | 'further' | 'elsewhere' => {
  if (next.offset === null || next.offset > last.offset) return 'further'
  const isSame = last.id === null || next.id === null || next.id === last.id
  return next.offset === last.offset && isSame ? 'same' : 'elsewhere'
}

/** @returns the subscription under another id, so that messages in flight to the ended one are not mistaken for its own. */
const underNewId = (subscription: Subscription): Subscription => {
  const { id: _shared, ...headers } = subscription.headers
  return { ...subscription, headers }
}

/** Takes a MESSAGE for a room. @param onKept has to be called when it is stored. */
type Take = (frame: ReceivedFrame, onKept: () => void) => void

/** One subscription of the session, and the rooms that it is for. */
interface Carrier {
  readonly takers: Map<RoomKey, { room: Room; take: Take }>
  end: () => void
}

/** The subscriptions of a room. */
interface Followed {
  room: Room
  /** Functions that end each subscription, that of the history first; null while the cache is asked for the resume point. */
  ends: (() => void)[] | null
}

export class RoomSubscriptions {
  readonly #options: RoomSubscriptionsOptions
  readonly #followed = new Map<RoomKey, Followed>()
  /** By their destinations. */
  readonly #carriers = new Map<string, Carrier>()
  /** The offset after which each room had its last hole. */
  readonly #patched = new Map<RoomKey, number>()

  constructor(options: RoomSubscriptionsOptions) {
    this.#options = options
  }

  /**
   * Subscribes, unless subscribed already, and joins where that takes a SEND. Rejects with the cache's failure.
   * @param tail the next offset of the room on the server; null where it does not say.
   */
  async add(room: Room, tail: number | null): Promise<void> {
    if (this.#followed.has(room.key)) return
    const followed: Followed = { room, ends: null }
    this.#followed.set(room.key, followed)
    const start = await this.#startOf(room.key, tail)
    if (this.#followed.get(room.key) !== followed) return
    followed.ends = this.#subscribe(room, start)
    this.#tell(this.#options.dialect.rooms?.join(room.roomId), room)
    this.#options.onOpened()
  }

  /** @returns false only between {@link RoomSubscriptions.add} and its SUBSCRIBE. */
  isOpened(key: RoomKey): boolean {
    return this.#followed.get(key)?.ends !== null
  }

  remove(key: RoomKey): void {
    const followed = this.#followed.get(key)
    this.#followed.delete(key)
    this.#options.lines?.unfollow(key)
    if (!followed?.ends) return
    this.#tell(this.#options.dialect.rooms?.leave(followed.room.roomId), null)
    for (const end of followed.ends) end()
  }

  /** @returns where to resume; null for the beginning. A history that ends before the cached offset is a different one. */
  async #startOf(room: RoomKey, tail: number | null): Promise<ResumePoint | null> {
    const { dialect, cache, lines } = this.#options
    await lines?.follow(room)
    const kept = dialect.features.includes('history') ? await cache.resumePoint(room) : null
    return kept !== null && tail !== null && tail <= kept.offset ? null : kept
  }

  /** @returns functions that end each subscription, that of the history first. */
  #subscribe(room: Room, start: Start | null): (() => void)[] {
    const [first, ...others] = this.#options.dialect.roomSubscriptions(room.roomId, start?.offset ?? null)
    const take = this.#takerOf(room)
    return [
      ...(first ? [this.#listen(room, first, this.#resumer(room, first, start))] : []),
      ...others.map(other => this.#listen(room, other, take)),
    ]
  }

  /**
   * Resumes with the last message. If another message has its offset, the history is a different one, and is read from the beginning. After
   * a hole in the offsets the room is read again from there; a hole that is still there then is one of the server.
   */
  #resumer(room: Room, { isForSeveral = false }: Subscription, start: Start | null): Take {
    const { dialect } = this.#options
    const take = this.#takerOf(room)
    // Of a history with several rooms, a room has a part of the offsets only.
    const isWhole = dialect.features.includes('history') && !isForSeveral
    let first = start
    let newest = start?.offset ?? null
    return (frame, onKept) => {
      const step = first === null ? 'further' : stepFrom(first, dialect.historyPoint(frame))
      const before = newest === null || first !== null ? null : newest
      first = null
      if (step !== 'further') {
        if (step === 'same') onKept()
        else this.#renew(room, null)
        return
      }
      const offset = isWhole ? offsetOf(frame.headers) : null
      const isHole = before !== null && offset !== null && offset > before + 1
      if (isHole && this.#patched.get(room.key) !== before) {
        this.#patched.set(room.key, before)
        this.#renew(room, { offset: before, id: null })
        return
      }
      if (offset !== null && offset > (newest ?? -1)) newest = offset
      take(frame, onKept)
    }
  }

  /** Reads the history again. */
  #renew(room: Room, start: Start | null): void {
    const ends = this.#followed.get(room.key)?.ends
    const [first] = this.#options.dialect.roomSubscriptions(room.roomId, start?.offset ?? null)
    if (!ends || !first) return
    ends[0]?.()
    ends[0] = this.#listen(room, underNewId(first), this.#resumer(room, first, start))
  }

  #takerOf(room: Room): Take {
    const { dialect, onMessage } = this.#options
    return (frame, onKept) => onMessage(room.key, frame, dialect, onKept)
  }

  /** Subscribes, once for all rooms of a destination. @returns a function that ends it for this room. */
  #listen(room: Room, subscription: Subscription, take: Take): () => void {
    const { destination } = subscription
    const known = this.#carriers.get(destination)
    const carrier = known ?? { takers: new Map(), end: () => undefined }
    carrier.takers.set(room.key, { room, take })
    if (!known) {
      this.#carriers.set(destination, carrier)
      carrier.end = this.#open(carrier, subscription)
    }
    return () => {
      carrier.takers.delete(room.key)
      if (carrier.takers.size > 0) return
      if (this.#carriers.get(destination) === carrier) this.#carriers.delete(destination)
      carrier.end()
    }
  }

  #open(carrier: Carrier, { destination, headers, leaving, isForSeveral = false }: Subscription): () => void {
    const { session, onRefused } = this.#options
    return session.subscribe(
      destination,
      headers,
      frame => this.#deliver(carrier, frame, isForSeveral),
      error => {
        for (const { room } of carrier.takers.values()) onRefused(room, error)
      },
      leaving,
    )
  }

  /** Gives a MESSAGE to its rooms. It is acknowledged when all have stored it: a queue redelivers unacknowledged messages. */
  #deliver({ takers }: Carrier, frame: ReceivedFrame, isForSeveral: boolean): void {
    // The subscription is about to end; without an ACK the message comes again.
    if (takers.size === 0) return
    const { session, dialect } = this.#options
    const named = isForSeveral ? (dialect.rooms?.roomOf(frame) ?? null) : null
    const wanted = [...takers.values()].filter(({ room }) => named === null || room.roomId === named)
    let pending = wanted.length
    const onKept = (): void => {
      if (--pending <= 0) session.ack(frame)
    }
    if (pending === 0) onKept()
    for (const { take } of wanted) take(frame, onKept)
  }

  /** @param room the room that is refused with the request; null if nobody waits for it. */
  #tell(request: Sending | null | undefined, room: Room | null): void {
    if (!request) return
    this.#options.session.send(request).catch((thrown: unknown) => {
      const error = toAppError(thrown)
      if (room && error.code !== 'connection-lost') this.#options.onRefused(room, error)
    })
  }
}
