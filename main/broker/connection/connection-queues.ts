import { ByteBudget } from '../quotas/byte-budget.ts'
import type { Consumer } from './consumer.ts'
import type { ReplyQueue } from '../destinations/reply-queues.ts'

/** The consumers and private queues of one connection. */
export class ConnectionQueues {
  /** Consumers by the prefix of their `ack` headers, including ended ones whose deliveries a transaction holds. */
  readonly consumers = new Map<string, Consumer>()
  /** Reply queues, by `/temp-queue/<name>`. */
  readonly replyQueues = new Map<string, ReplyQueue>()
  /** Shared by the queues that only this connection reads. */
  readonly budget: ByteBudget
  #consumerCount = 0

  /** @param bytes the size of that budget. */
  constructor(bytes: number) {
    this.budget = new ByteBudget(bytes)
  }

  nextConsumerId(): string {
    return String(++this.#consumerCount)
  }
}
