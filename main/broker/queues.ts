import { ByteBudget } from './byte-budget.ts'
import type { Limits } from './limits.ts'
import { ProtocolError } from './protocol-error.ts'
import { Queue } from './queue.ts'

/** The queues that everybody may use, by destination. They live in memory, as long as somebody uses them. */
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
    if (this.#queues.size >= this.#limits.queues) this.#removeUnused()
    if (this.#queues.size >= this.#limits.queues)
      throw new ProtocolError('Too many queues', `The broker keeps ${this.#limits.queues} queues.`)
    const queue = new Queue(this.#limits, this.#budget)
    this.#queues.set(destination, queue)
    return queue
  }

  /** @returns whether somebody reads from this queue, or something waits in it. */
  uses(destination: string): boolean {
    return this.#queues.get(destination)?.unused === false
  }

  #removeUnused(): void {
    for (const [destination, queue] of this.#queues) if (queue.unused) this.#queues.delete(destination)
  }
}
