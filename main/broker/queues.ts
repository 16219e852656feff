import { ByteBudget } from './byte-budget.ts'
import { isNameable } from './destinations.ts'
import type { Limits } from './limits.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Publication } from './publication.ts'
import { Queue, type DeathReason } from './queue.ts'

const deadLetters = '/queue/DLQ.'

/**
 * The queues that everybody may use, by destination. They live in memory, as long as somebody uses them. Messages that `/queue/x` gives
 * up go to `/queue/DLQ.x`, where the oldest make room for new ones; that queue drops what it gives up itself.
 */
export class Queues {
  readonly #limits: Limits
  readonly #budget: ByteBudget
  readonly #queues = new Map<string, Queue>()

  constructor(limits: Limits) {
    this.#limits = limits
    this.#budget = new ByteBudget(limits.queuesBytes)
  }

  /** @returns the queue of this destination, a new one where there is none. @throws {ProtocolError} where there are too many. */
  open(destination: string): Queue {
    const present = this.#queues.get(destination)
    if (present) return present
    const queue = this.#make(destination)
    if (queue) return queue
    throw new ProtocolError('Too many queues', `The broker keeps ${this.#limits.queues} queues.`)
  }

  /** @returns the queue of this destination; null where there is none. */
  find(destination: string): Queue | null {
    return this.#queues.get(destination) ?? null
  }

  /** @returns null where there are too many. */
  #make(destination: string): Queue | null {
    if (this.#queues.size >= this.#limits.queues) this.#removeUnused()
    if (this.#queues.size >= this.#limits.queues) return null
    const bury = (publication: Publication, reason: DeathReason): void =>
      this.#bury(publication, reason, `${deadLetters}${destination.slice('/queue/'.length)}`)
    const options = { limits: this.#limits, budget: this.#budget }
    const queue = new Queue(destination.startsWith(deadLetters) ? options : { ...options, bury })
    this.#queues.set(destination, queue)
    return queue
  }

  /** The message is dropped where there are too many queues, and where the name would be too long for a reader to write. */
  #bury(publication: Publication, reason: DeathReason, destination: string): void {
    if (!isNameable(destination)) return
    const queue = this.find(destination) ?? this.#make(destination)
    queue?.addNewest(publication.dead(destination, reason))
  }

  /** @returns whether somebody reads from this queue, or something waits in it. */
  uses(destination: string): boolean {
    return this.#queues.get(destination)?.unused === false
  }

  #removeUnused(): void {
    for (const [destination, queue] of this.#queues) if (queue.unused) this.#queues.delete(destination)
  }
}
