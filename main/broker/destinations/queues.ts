import { ByteBudget } from '../quotas/byte-budget.ts'
import type { Clock } from '../options/clock.ts'
import { isNameable } from './destinations.ts'
import type { Limits } from '../options/limits.ts'
import { isFull, tooMany, type Payer, type Quota } from './quota.ts'
import type { Publication } from '../frames/publication.ts'
import { Queue, type DeathReason } from './queue.ts'

const deadLetters = '/queue/DLQ.'

interface OpenedQueue {
  readonly queue: Queue
  readonly payer: Payer | null
  /** When somebody last sent there or was seen to read, by the broker's clock. */
  usedAt: number
}

/**
 * The queues that everybody may use, by destination. They live in memory, as long as somebody uses them. Messages that `/queue/x` gives
 * up go to `/queue/DLQ.x`, where the oldest make room for new ones; that queue counts for the payer of `/queue/x`, and drops what it gives
 * up itself.
 */
export class Queues {
  readonly #limits: Limits
  readonly #quota: Quota
  readonly #budget: ByteBudget
  readonly #clock: Clock
  readonly #queues = new Map<string, OpenedQueue>()

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    this.#quota = { all: limits.queues, perPerson: limits.queuesPerPerson }
    this.#clock = clock
    this.#budget = new ByteBudget(limits.queuesBytes)
  }

  /**
   * @param payer for whom a new one counts; null for the application.
   * @returns the queue of this destination, a new one where there is none.
   * @throws {ProtocolError} where there are too many.
   */
  open(destination: string, payer: Payer | null): Queue {
    const queue = this.#use(destination) ?? this.#make(destination, payer)
    if (queue) return queue
    throw tooMany('queues', this.#quota)
  }

  /** @returns the queue of this destination; null where there is none. */
  find(destination: string): Queue | null {
    return this.#queues.get(destination)?.queue ?? null
  }

  /** @returns the queue of this destination, which is not left alone now; null where there is none. */
  #use(destination: string): Queue | null {
    const present = this.#queues.get(destination)
    if (!present) return null
    present.usedAt = this.#clock.now()
    return present.queue
  }

  /** @returns null where there are too many. */
  #make(destination: string, payer: Payer | null): Queue | null {
    const isFullNow = (): boolean => isFull(this.#queues.values(), payer, this.#quota)
    if (isFullNow()) this.expire()
    if (isFullNow()) return null
    const bury = (publication: Publication, reason: DeathReason): void =>
      this.#bury(publication.dead(`${deadLetters}${destination.slice('/queue/'.length)}`, reason), payer)
    const options = { limits: this.#limits, budget: this.#budget }
    const queue = new Queue(destination.startsWith(deadLetters) ? options : { ...options, bury })
    this.#queues.set(destination, { queue, payer, usedAt: this.#clock.now() })
    return queue
  }

  /** The message is dropped where there are too many queues, and where the name would be too long for a reader to write. */
  #bury(letter: Publication, payer: Payer | null): void {
    const { destination } = letter
    if (!isNameable(destination)) return
    const queue = this.#use(destination) ?? this.#make(destination, payer)
    queue?.addNewest(letter)
  }

  /** @returns whether somebody reads from this queue, or something waits in it. */
  uses(destination: string): boolean {
    return this.find(destination)?.unused === false
  }

  /** Deletes empty queues without a reader, and queues unused for too long together with their messages. */
  expire(): void {
    const now = this.#clock.now()
    for (const [destination, opened] of this.#queues) {
      const { queue } = opened
      if (queue.hasConsumers) opened.usedAt = now
      if (!queue.unused && now - opened.usedAt <= this.#limits.queueAge) continue
      queue.close()
      this.#queues.delete(destination)
    }
  }
}
