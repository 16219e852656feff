/** Sends the own messages of one server in order, several at a time, across restarts and lost connections, until each is settled. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { Delivery, Message, MessageId, RoomKey, ServerId } from '../../contract/model.ts'
import type { Clock, MessageCache, OutboxEntry, Stored } from '../ports.ts'
import type { Dialect } from '../dialect/dialect.ts'
import type { Session } from '../session/session.ts'

/** The most messages in flight, with and without receipts. */
export const sendWindow = 16
const blindWindow = 1000

/** Milliseconds after which a message that neither a RECEIPT nor an echo has confirmed says so. */
export const confirmDeadline = 10_000

const notConfirmed: AppError = { code: 'not-confirmed' }

/** A message in flight. */
interface Flight {
  entry: OutboxEntry
  cancelDeadline: () => void
}

/** How a session sends messages. */
interface Way {
  session: Pick<Session, 'send'>
  dialect: Pick<Dialect, 'encode' | 'keepsIds'>
  /**
   * @returns whether the session has asked for the room's messages, or never will: the echo of a message that was sent
   *   before would be missed.
   */
  isOpened(room: RoomKey): boolean
  /** The message may come back under another id. */
  expectEcho(message: Message): void
  /**
   * Whether the server gives receipts. If so, messages sent earlier without a receipt are sent again, because the server most likely
   * did not take them; without receipts everybody would see them twice.
   */
  receipts: boolean
}

export interface OutboxOptions {
  cache: MessageCache
  clock: Clock
  serverId: ServerId
  /** The delivery state of a message was stored. */
  onStored: (stored: Stored) => void
  onError: (error: AppError) => void
}

const keyOf = ({ message }: { message: Pick<Message, 'room' | 'id'> }): string =>
  `${message.room} ${message.id}`

export class Outbox {
  readonly #options: OutboxOptions
  /** The current session, while its outbox is still being loaded. */
  #opening: Way | null = null
  #way: Way | null = null
  /** Waiting messages and messages in flight, both in order, by {@link keyOf}. */
  #waiting = new Map<string, OutboxEntry>()
  #inFlight = new Map<string, Flight>()

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Starts sending over a session. Rejects with the cache's failure. */
  async open(way: Way): Promise<void> {
    this.#opening = way
    this.#way = null
    this.#waiting = new Map()
    for (const { cancelDeadline } of this.#inFlight.values()) cancelDeadline()
    this.#inFlight = new Map()
    const listed = await this.#options.cache.listOutbox(this.#options.serverId)
    if (this.#opening !== way) return
    const due = listed.filter(({ message }) => message.delivery === 'queued' || way.receipts)
    const doubtful = listed.filter(entry => !due.includes(entry) && entry.message.failure === null)
    await Promise.all(doubtful.map(entry => this.#change(entry, 'sent', notConfirmed)))
    if (this.#opening !== way) return
    // Messages added meanwhile follow those that the cache already had.
    this.#waiting = new Map([...due.map(entry => [keyOf(entry), entry] as const), ...this.#waiting])
    this.#way = way
    this.#pump()
  }

  /** The session has ended; messages in flight wait for the next one. */
  shut(): void {
    this.#opening = null
    this.#way = null
  }

  /** A message was queued in the cache. */
  add(entry: OutboxEntry): void {
    const key = keyOf(entry)
    if (!this.#opening || this.#inFlight.has(key)) return
    this.#waiting.set(key, entry)
    this.#pump()
  }

  /** A room has been opened: {@link Way.isOpened}. */
  roomOpened(): void {
    this.#pump()
  }

  /** The message was seen in its room, or discarded: its receipt is no longer awaited. */
  settle(room: RoomKey, id: MessageId): void {
    const key = keyOf({ message: { room, id } })
    this.#waiting.delete(key)
    if (this.#land(key, this.#inFlight)) this.#pump()
  }

  #pump(): void {
    const way = this.#way
    if (!way) return
    for (const [key, entry] of this.#waiting) {
      if (this.#inFlight.size >= (way.receipts ? sendWindow : blindWindow)) return
      if (!way.isOpened(entry.message.room)) continue
      this.#waiting.delete(key)
      const cancelDeadline = this.#options.clock.after(confirmDeadline, () => {
        void this.#change(entry, 'sent', notConfirmed)
      })
      this.#inFlight.set(key, { entry, cancelDeadline })
      void this.#deliver(entry, way)
    }
  }

  /** @returns whether the message was in flight. */
  #land(key: string, inFlight: Map<string, Flight>): boolean {
    inFlight.get(key)?.cancelDeadline()
    return inFlight.delete(key)
  }

  async #deliver(entry: OutboxEntry, way: Way): Promise<void> {
    const inFlight = this.#inFlight
    /** @returns false if the message has been seen in its room, discarded, or sent again by the person. */
    const stopAwaiting = (): boolean =>
      inFlight.get(keyOf(entry))?.entry === entry && this.#land(keyOf(entry), inFlight)
    const { message, roomId } = entry
    if (!way.dialect.keepsIds) way.expectEcho(message)
    const receipt = way.session.send(way.dialect.encode(roomId, message))
    const sent = this.#change(entry, 'sent')
    try {
      const outcome = await receipt
      // At once, even if the session has ended since: sending again could show it to others twice.
      if (stopAwaiting() && outcome === 'received') await this.#change(entry, 'confirmed')
    } catch (thrown) {
      const error = toAppError(thrown)
      await sent
      // The message may have ended the session; an answer from an older session changes nothing.
      if (stopAwaiting() && (this.#way ?? way) === way && error.code !== 'connection-lost')
        await this.#change(entry, 'failed', error)
    }
    this.#pump()
  }

  async #change(
    { message: { room, id } }: OutboxEntry,
    delivery: Exclude<Delivery, 'queued'>,
    failure?: AppError,
  ): Promise<void> {
    const { cache, onStored, onError } = this.#options
    try {
      const stored = await cache.setDelivery(room, id, delivery, failure)
      if (stored) onStored(stored)
    } catch (thrown) {
      onError(toAppError(thrown))
    }
  }
}
