/**
 * Messages from one server that are not in the cache yet: stored in batches, and held while the cache fails. The messages of a room
 * are stored in order of arrival, even if one of them takes longer to decode than later ones.
 */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { RoomKey } from '../../contract/model.ts'
import type { ArrivedMessage, MessageCache, Stored } from '../ports.ts'

/** The most messages per transaction, and UTF-16 units of their texts in total. */
const batchSize = 500
const batchUnits = 4 * 1024 * 1024
/**
 * The most waiting messages, and UTF-16 units of their texts in total; beyond that the cache can't keep up, and the history is requested
 * again later.
 */
export const inboxLimit = 50_000
export const inboxUnits = 64 * 1024 * 1024

export interface InboxOptions {
  cache: MessageCache
  onStored: (stored: Stored) => void
  /** The cache fails or can't keep up: stop reading from the server until {@link Inbox.flush} resolves. */
  onFailing: (error: AppError) => void
}

/** A message on its way into the cache. */
export interface Arrival {
  room: RoomKey
  /** Its size in UTF-16 units while it is decoded. */
  units: number
  message: ArrivedMessage | Promise<ArrivedMessage>
  /** Called in the room's order, just before the message is stored. @returns the message to store. */
  finish: (message: ArrivedMessage) => ArrivedMessage
  /** Called when the message is stored, after {@link InboxOptions.onStored}. */
  onKept: () => void
}

interface Waiting extends Arrival {
  /** Null while it is decoded. */
  read: ArrivedMessage | null
  isFinished: boolean
}
type Read = Waiting & { read: ArrivedMessage }

const isRead = (waiting: Waiting): waiting is Read => waiting.read !== null

const unitsOf = ({ content, extra }: ArrivedMessage): number => content.length + (extra?.length ?? 0)

/** Runs once, even if the transaction has to be retried. */
const finished = (waiting: Read): ArrivedMessage => {
  if (!waiting.isFinished) waiting.read = waiting.finish(waiting.read)
  waiting.isFinished = true
  return waiting.read
}

export class Inbox {
  readonly #options: InboxOptions
  /** In order of arrival. */
  #waiting: Waiting[] = []
  #units = 0
  /** Each resolves when a message is decoded or dropped. */
  readonly #reading = new Set<Promise<void>>()
  #storing: Promise<void> | null = null

  constructor(options: InboxOptions) {
    this.#options = options
  }

  add(arrival: Arrival): void {
    const { message } = arrival
    const units = message instanceof Promise ? arrival.units : unitsOf(message)
    if (this.#waiting.length >= inboxLimit || this.#units + units > inboxUnits) {
      this.#options.onFailing({
        code: 'cache-failed',
        detail: 'the cache does not keep up with what arrives',
      })
      return
    }
    const waiting = { ...arrival, units, read: null, isFinished: false }
    this.#waiting.push(waiting)
    this.#units += units
    if (message instanceof Promise) this.#await(waiting, message)
    else this.#take(waiting, message)
  }

  /** Stores all waiting messages. Rejects with the cache's failure; then they keep waiting. */
  async flush(): Promise<void> {
    await this.#store()
    while (this.#reading.size > 0) {
      await Promise.race(this.#reading)
      await this.#store()
    }
  }

  #await(waiting: Waiting, message: Promise<ArrivedMessage>): void {
    const reading = message
      .then(
        read => this.#take(waiting, read),
        (thrown: unknown) => this.#giveUp(waiting, toAppError(thrown)),
      )
      .finally(() => this.#reading.delete(reading))
    this.#reading.add(reading)
  }

  #take(waiting: Waiting, read: ArrivedMessage): void {
    this.#units += unitsOf(read) - waiting.units
    waiting.units = unitsOf(read)
    waiting.read = read
    if (!this.#storing) this.#store().catch((thrown: unknown) => this.#options.onFailing(toAppError(thrown)))
  }

  /** Decoding failed unexpectedly: the room resumes with this message in the next session. */
  #giveUp(waiting: Waiting, error: AppError): void {
    const from = this.#waiting.indexOf(waiting)
    this.#forget(this.#waiting.filter(({ room }, at) => room === waiting.room && at >= from))
    this.#options.onFailing(error)
  }

  #forget(some: readonly Waiting[]): void {
    const isPrefix = this.#waiting[some.length - 1] === some.at(-1)
    const gone = new Set(isPrefix ? [] : some)
    this.#waiting = isPrefix
      ? this.#waiting.slice(some.length)
      : this.#waiting.filter(each => !gone.has(each))
    for (const { units } of some) this.#units -= units
  }

  #store(): Promise<void> {
    return (this.#storing ??= this.#storeRead())
  }

  async #storeRead(): Promise<void> {
    const { cache, onStored } = this.#options
    try {
      // Messages of the same tick share a transaction.
      await Promise.resolve()
      for (let batch = this.#batch(); batch.length > 0; batch = this.#batch()) {
        const stored = await cache.storeMessages(batch.map(finished))
        this.#forget(batch)
        onStored(stored)
        for (const { onKept } of batch) onKept()
      }
    } finally {
      this.#storing = null
    }
  }

  /** @returns the messages of the next transaction; none of a room after a message that is still being decoded. */
  #batch(): Read[] {
    const batch: Read[] = []
    const held = new Set<RoomKey>()
    let units = 0
    for (const each of this.#waiting) {
      if (!isRead(each) || held.has(each.room)) {
        held.add(each.room)
        continue
      }
      units += each.units
      if (batch.length === batchSize || (batch.length > 0 && units > batchUnits)) break
      batch.push(each)
    }
    return batch
  }
}
