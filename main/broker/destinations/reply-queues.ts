/** Reply queues of a connection: `/temp-queue/<name>` for itself, an unguessable address for others. */
import { randomBytes } from 'node:crypto'
import type { ByteBudget } from '../quotas/byte-budget.ts'
import type { Limits } from '../options/limits.ts'
import { Queue } from './queue.ts'

export interface ReplyQueue {
  /** The name that its own connection uses. */
  readonly destination: string
  /** The address that others send to. */
  readonly address: string
  readonly queue: Queue
  /** Called when a reply finds the queue full. */
  readonly overflow: () => void
}

export class ReplyQueues {
  readonly #limits: Limits
  readonly #byAddress = new Map<string, ReplyQueue>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** @param destination `/temp-queue/<name>`. @param budget of its connection. @param overflow see {@link ReplyQueue}. */
  open(destination: string, budget: ByteBudget, overflow: () => void): ReplyQueue {
    const address = `/reply-queue/${randomBytes(16).toString('base64url')}`
    const replyQueue = { destination, address, queue: new Queue({ limits: this.#limits, budget }), overflow }
    this.#byAddress.set(address, replyQueue)
    return replyQueue
  }

  /** @returns null if there is none, or its connection has ended. */
  find(address: string): ReplyQueue | null {
    return this.#byAddress.get(address) ?? null
  }

  close({ address, queue }: ReplyQueue): void {
    this.#byAddress.delete(address)
    queue.close()
  }
}
