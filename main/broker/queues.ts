import { ByteBudget } from './byte-budget.ts'
import type { Clock } from './clock.ts'
import { isNameable } from './destinations.ts'
import type { Limits } from './limits.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Publication } from './publication.ts'
import { Queue, type DeathReason } from './queue.ts'

const deadLetters = '/queue/DLQ.'

interface OpenedQueue {
  readonly queue: Queue
  readonly payer: string | null
  /** When somebody last sent there or began to read, by the broker's clock. */
  usedAt: number
}

/**
 * The queues that everybody may use, by destination. They live in memory, as long as somebody uses them. Messages that `/queue/x` gives
 * up go to `/queue/DLQ.x`, where the oldest make room for new ones; that queue drops what it gives up itself.
 */
export class Queues {
  readonly #limits: Limits
  readonly #budget: ByteBudget
  readonly #clock: Clock
  readonly #queues = new Map<string, OpenedQueue>()

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
    this.#budget = new ByteBudget(limits.queuesBytes)
  }

  /**
   * @param payer for whom a new one counts; null for the application.
   * @returns the queue of this destination, a new one where there is none.
   * @throws {ProtocolError} where there are too many.
   */
  open(destination: string, payer: string | null): Queue {
    const present = this.#queues.get(destination)
    if (present) {
      present.usedAt = this.#clock.now()
      return present.queue
    }
    const queue = this.#make(destination, payer)
    if (queue) return queue
    const { queues, queuesPerPerson } = this.#limits
    throw new ProtocolError(
      'Too many queues',
      `The broker keeps ${queues} queues, ${queuesPerPerson} that one person has opened.`,
    )
  }

  /** @returns the queue of this destination; null where there is none. */
  find(destination: string): Queue | null {
    return this.#queues.get(destination)?.queue ?? null
  }

  #isFull(payer: string | null): boolean {
    if (this.#queues.size >= this.#limits.queues) return true
    if (payer === null) return false
    const paid = [...this.#queues.values()].filter(queue => queue.payer === payer).length
    return paid >= this.#limits.queuesPerPerson
  }

  /** @returns null where there are too many. */
  #make(destination: string, payer: string | null): Queue | null {
    if (this.#isFull(payer)) this.#removeUnused()
    if (this.#isFull(payer)) return null
    const bury = (publication: Publication, reason: DeathReason): void =>
      this.#bury(publication, reason, `${deadLetters}${destination.slice('/queue/'.length)}`)
    const options = { limits: this.#limits, budget: this.#budget }
    const queue = new Queue(destination.startsWith(deadLetters) ? options : { ...options, bury })
    this.#queues.set(destination, { queue, payer, usedAt: this.#clock.now() })
    return queue
  }

  /** The message is dropped where there are too many queues, and where the name would be too long for a reader to write. */
  #bury(publication: Publication, reason: DeathReason, destination: string): void {
    if (!isNameable(destination)) return
    const queue = this.find(destination) ?? this.#make(destination, null)
    queue?.addNewest(publication.dead(destination, reason))
  }

  /** @returns whether somebody reads from this queue, or something waits in it. */
  uses(destination: string): boolean {
    return this.find(destination)?.unused === false
  }

  /** What nobody has sent to or begun to read for long, and nobody reads, is forgotten with what waits in it. */
  #removeUnused(): void {
    const since = this.#clock.now() - this.#limits.queueAge
    for (const [destination, { queue, usedAt }] of this.#queues) {
      if (!queue.unused && (queue.hasConsumers || usedAt >= since)) continue
      queue.close()
      this.#queues.delete(destination)
    }
  }
}
