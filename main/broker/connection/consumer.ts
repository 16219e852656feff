/** A subscription that acknowledges its messages, or shares a queue with others. */
import type { Outbound } from '../transport/outbound.ts'
import type { Queue, QueueConsumer, QueuedMessage } from '../destinations/queue.ts'
import type { WireFormat } from '../frames/wire-format.ts'

export const ackModes = ['auto', 'client', 'client-individual'] as const
/** `auto`: sending acknowledges. `client`: an ACK is cumulative. `client-individual`: an ACK is for one message. (STOMP 1.2, SUBSCRIBE.) */
export type AckMode = (typeof ackModes)[number]

/** ACK confirms a message; NACK returns it to the queue as failed, or with `requeue:false` rejects it. */
export type Outcome = 'confirmed' | 'failed' | 'rejected'

const settleOne = {
  confirmed: (queue: Queue, message: QueuedMessage) => queue.done(message),
  rejected: (queue: Queue, message: QueuedMessage) => queue.giveUp(message, 'rejected'),
}

const failed = (message: QueuedMessage): QueuedMessage => ({ ...message, failures: message.failures + 1 })

export interface ConsumerOptions {
  /** Unique within the connection; the prefix of its `ack` headers. */
  id: string
  /** Id of the subscription; null if a 1.0 peer gave none. */
  subscription: string | null
  queue: Queue
  mode: AckMode
  /** The most unacknowledged messages it may have. */
  prefetch: number
  outbound: Outbound
  format: WireFormat
  /** Called once, after {@link Consumer.close}, when no transaction holds one of its deliveries. */
  gone: () => void
}

export class Consumer implements QueueConsumer {
  readonly #options: ConsumerOptions
  /** Unacknowledged messages by message-id, in order of delivery. */
  #unconfirmed = new Map<string, QueuedMessage>()
  /** How many frames in open transactions refer to a delivery, by message-id; created on first use. */
  #holds: Map<string, number> | null = null
  #closed = false
  /** Whether it waits for its peer to read the backlog. */
  #paused = false
  readonly #goOn = (): void => {
    this.#paused = false
    this.#options.queue.dispatch()
  }

  constructor(options: ConsumerOptions) {
    this.#options = options
    options.queue.addConsumer(this)
  }

  /** Id of the subscription; null if a 1.0 peer gave none. */
  get subscription(): string | null {
    return this.#options.subscription
  }

  isReady(): boolean {
    const { outbound, prefetch } = this.#options
    if (this.#paused || this.#unconfirmed.size >= prefetch) return false
    if (outbound.hasRoom) return true
    this.#paused = true
    outbound.whenReady(this.#goOn)
    return false
  }

  get unconfirmed(): Iterable<QueuedMessage> {
    return this.#unconfirmed.values()
  }

  take(message: QueuedMessage): void {
    const { id, mode, format, outbound, subscription } = this.#options
    const { publication, redelivered, failures } = message
    let extra = redelivered ? 'redelivered:true\n' : ''
    if (failures > 0) extra += `x-delivery-count:${failures}\n`
    if (mode === 'auto') this.#options.queue.done(message)
    else {
      this.#unconfirmed.set(publication.messageId, message)
      if (format.version === '1.2') extra += `ack:${id}-${publication.messageId}\n`
    }
    outbound.send(publication.encode(format, subscription, extra))
  }

  /** @returns whether this message awaits an ACK or NACK. */
  has(messageId: string): boolean {
    return this.#unconfirmed.has(messageId)
  }

  /**
   * Takes out the messages that an ACK or NACK covers: the named one and, in mode `client`, all earlier ones. Pass them to {@link settle}
   * or {@link unclaim}.
   */
  claim(messageId: string): QueuedMessage[] {
    const message = this.#unconfirmed.get(messageId)
    if (!message) return []
    const claimed = this.#options.mode === 'client' ? this.#upTo(message) : [message]
    for (const { publication } of claimed) this.#unconfirmed.delete(publication.messageId)
    return claimed
  }

  /** Returns claimed messages to those that await an ACK. */
  unclaim(messages: readonly QueuedMessage[]): void {
    const waiting = [...messages, ...this.#unconfirmed.values()]
    this.#unconfirmed = new Map(waiting.map(message => [message.publication.messageId, message]))
  }

  /** Applies an ACK or NACK to claimed messages. */
  settle(messages: readonly QueuedMessage[], outcome: Outcome): void {
    const { queue } = this.#options
    if (outcome === 'failed') queue.putBack(messages.map(failed))
    else for (const message of messages) settleOne[outcome](queue, message)
    queue.dispatch()
  }

  /**
   * Keeps the deliveries that an ACK or NACK in an open transaction covers, even if the subscription ends.
   * @returns a function to call when the transaction ends.
   */
  hold(messageId: string): () => void {
    const holds = (this.#holds ??= new Map<string, number>())
    holds.set(messageId, (holds.get(messageId) ?? 0) + 1)
    return () => {
      const left = (holds.get(messageId) ?? 1) - 1
      if (left > 0) holds.set(messageId, left)
      else holds.delete(messageId)
      if (this.#closed) this.#giveBack()
    }
  }

  /** Ends the subscription. Unacknowledged messages return to the queue; messages held by a transaction return when it ends. */
  close(): void {
    const { outbound, queue } = this.#options
    outbound.stopWaiting(this.#goOn)
    queue.removeConsumer(this)
    this.#closed = true
    this.#giveBack()
  }

  #giveBack(): void {
    const { mode, queue, gone } = this.#options
    const back: QueuedMessage[] = []
    let held = false
    for (const message of [...this.#unconfirmed.values()].reverse()) {
      const { messageId } = message.publication
      // A cumulative ACK covers the earlier messages too.
      held = (held && mode === 'client') || (this.#holds?.has(messageId) ?? false)
      if (held) continue
      back.push(message)
      this.#unconfirmed.delete(messageId)
    }
    // If a message crashed the consumer, it was the oldest one: the others were prefetched.
    queue.putBack(back.reverse().map((message, index) => (index === 0 ? failed(message) : message)))
    if (!this.#holds?.size) gone()
  }

  #upTo(last: QueuedMessage): QueuedMessage[] {
    const messages: QueuedMessage[] = []
    for (const message of this.#unconfirmed.values()) {
      messages.push(message)
      if (message === last) break
    }
    return messages
  }
}
