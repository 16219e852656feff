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
  /** When a message was last sent there or a reader was last seen, by the broker's clock. */
  usedAt: number
}

/**
 * The shared queues, by destination. They are in memory, for as long as they are used. Messages that `/queue/x`
 * discards go to `/queue/DLQ.x`, where the oldest make room for new ones. That queue counts for the payer of
 * `/queue/x`, and the messages that it discards itself are dropped.
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
   * @param payer whose quota pays for a new one; null for the application.
   * @returns the queue of this destination, created if it is missing.
   * @throws {ProtocolError} if there are too many.
   */
  open(destination: string, payer: Payer | null): Queue {
    const queue = this.#use(destination) ?? this.#make(destination, payer)
    if (queue) return queue
    throw tooMany('queues', this.#quota)
  }

  /** @returns the queue of this destination; null if there is none. */
  find(destination: string): Queue | null {
    return this.#queues.get(destination)?.queue ?? null
  }

  /** @returns the queue of this destination, marked as used now; null if there is none. */
  #use(destination: string): Queue | null {
    const present = this.#queues.get(destination)
    if (!present) return null
    present.usedAt = this.#clock.now()
    return present.queue
  }

  /** @returns null if there are too many. */
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
   * Drops the message if there are too many queues, or if the name would be too long for a SUBSCRIBE.
   * @param sender whose quota pays for the message. @param payer whose quota pays for a new queue.
   */
  #bury(letter: Publication, sender: Payer | null, payer: Payer | null): void {
    const { destination } = letter
    if (!isNameable(destination)) return
    const queue = this.#use(destination) ?? this.#make(destination, payer)
    queue?.addNewest(letter, sender)
  }

  /** @returns whether this queue has consumers or messages. */
  uses(destination: string): boolean {
    return this.find(destination)?.unused === false
  }

  /** @returns every queue with its destination. */
  list(): (readonly [destination: string, queue: Queue])[] {
    return Array.from(this.#queues, ([destination, { queue }]) => [destination, queue])
  }

  /** Deletes a queue with its messages; its consumers must be gone. @returns whether there was one. */
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
