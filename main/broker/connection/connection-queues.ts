import { ByteBudget } from '../quotas/byte-budget.ts'
import type { Consumer } from './consumer.ts'
import type { ReplyQueue } from '../destinations/reply-queues.ts'

/** What one connection has to do with queues. */
export class ConnectionQueues {
  /** Subscriptions that confirm, by the number that begins their `ack` headers; ended ones as long as a transaction holds their deliveries. */
  readonly consumers = new Map<string, Consumer>()
  /** Queues for answers, by `/temp-queue/<name>`. */
  readonly replyQueues = new Map<string, ReplyQueue>()
  /** Of the queues that nobody else reads from. */
  readonly budget: ByteBudget
  #consumerCount = 0

  /** @param bytes that may wait in its own queues. */
  constructor(bytes: number) {
    this.budget = new ByteBudget(bytes)
  }

  nextConsumerId(): string {
    return String(++this.#consumerCount)
  }
}
