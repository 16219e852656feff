import type { Clock } from '../options/clock.ts'
import { isNameable } from './destinations.ts'
import type { Limits } from '../options/limits.ts'
import { isFull, SharedBytes, type Payer, type Quota } from '../quotas/quota.ts'
import { tooMany } from './too-many.ts'
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
  readonly #bytes: SharedBytes
  readonly #clock: Clock
  readonly #queues = new Map<string, OpenedQueue>()

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    this.#quota = { all: limits.queues, perPerson: limits.queuesPerPerson }
    this.#clock = clock
    this.#bytes = new SharedBytes({ all: limits.queuesBytes, perPerson: limits.queuesBytesPerPerson })
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
    const grave = `${deadLetters}${destination.slice('/queue/'.length)}`
    const bury = (publication: Publication, reason: DeathReason, sender: Payer | null): void =>
      this.#bury(publication.dead(grave, reason), sender, payer)
    const options = { limits: this.#limits, budget: this.#bytes }
    const queue = new Queue(destination.startsWith(deadLetters) ? options : { ...options, bury })
    this.#queues.set(destination, { queue, payer, usedAt: this.#clock.now() })
    return queue
  }

  /**
   * Drops the message where there are too many queues, and where the name would be too long for a reader to write.
   * @param sender whose quota pays for the message. @param payer whose quota pays for a new queue.
   */
  #bury(letter: Publication, sender: Payer | null, payer: Payer | null): void {
    const { destination } = letter
    if (!isNameable(destination)) return
    const queue = this.#use(destination) ?? this.#make(destination, payer)
    queue?.addNewest(letter, sender)
  }

  /** @returns whether somebody reads from this queue, or something waits in it. */
  uses(destination: string): boolean {
    return this.find(destination)?.unused === false
  }

  /** @returns every queue with its destination. */
  list(): (readonly [destination: string, queue: Queue])[] {
    return Array.from(this.#queues, ([destination, { queue }]) => [destination, queue])
  }

  /** Deletes a queue with its messages; its consumers have to be gone. @returns whether there is one. */
  remove(destination: string): boolean {
    this.find(destination)?.close()
    return this.#queues.delete(destination)
  }

  /** Deletes empty queues without a reader, and queues unused for too long together with their messages. */
  expire(): void {
    const now = this.#clock.now()
    for (const [destination, opened] of this.#queues) {
      const { queue } = opened
      if (queue.hasConsumers) opened.usedAt = now
      if (!queue.unused && now - opened.usedAt <= this.#limits.queueAge) continue
      this.remove(destination)
    }
  }
}
