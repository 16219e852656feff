/** A subscription that confirms its messages, or shares a queue with others. */
import type { Outbound } from '../transport/outbound.ts'
import type { Queue, QueueConsumer, QueuedMessage } from '../destinations/queue.ts'
import type { WireFormat } from '../frames/wire-format.ts'

export const ackModes = ['auto', 'client', 'client-individual'] as const
/** `auto`: sent is confirmed. `client`: an ACK confirms all up to its message. `client-individual`: each for itself. */
export type AckMode = (typeof ackModes)[number]

/** An ACK confirms a message, a NACK puts it back as failed, and with `requeue:false` rejects it. */
export type Outcome = 'confirmed' | 'failed' | 'rejected'

const settleOne = {
  confirmed: (queue: Queue, message: QueuedMessage) => queue.done(message),
  rejected: (queue: Queue, message: QueuedMessage) => queue.giveUp(message, 'rejected'),
}

const failed = (message: QueuedMessage): QueuedMessage => ({ ...message, failures: message.failures + 1 })

export interface ConsumerOptions {
  /** Unique within the connection; begins the `ack` headers. */
  id: string
  /** Id of the subscription; null for a 1.0 peer that gave none. */
  subscription: string | null
  queue: Queue
  mode: AckMode
  /** How many messages it may have unconfirmed. */
  prefetch: number
  outbound: Outbound
  format: WireFormat
  /** Called once, after {@link Consumer.close}, when no transaction holds a delivery of it any more. */
  gone: () => void
}

export class Consumer implements QueueConsumer {
  readonly #options: ConsumerOptions
  /** By message-id, in the order of delivery. */
  #unconfirmed = new Map<string, QueuedMessage>()
  /** How many frames of open transactions name a delivery, by message-id; made for the first of them. */
  #holds: Map<string, number> | null = null
  #closed = false
  /** Until its peer has taken what it was sent. */
  #paused = false
  readonly #goOn = (): void => {
    this.#paused = false
    this.#options.queue.dispatch()
  }

  constructor(options: ConsumerOptions) {
    this.#options = options
    options.queue.addConsumer(this)
  }

  /** Id of the subscription; null for a 1.0 peer that gave none. */
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

  /** @returns whether this message waits for the consumer's word. */
  has(messageId: string): boolean {
    return this.#unconfirmed.has(messageId)
  }

  /**
   * Takes out what an ACK or NACK of this message speaks of: the message, in mode `client` all before it too. {@link settle} them, or
   * {@link unclaim} them.
   */
  claim(messageId: string): QueuedMessage[] {
    const message = this.#unconfirmed.get(messageId)
    if (!message) return []
    const claimed = this.#options.mode === 'client' ? this.#upTo(message) : [message]
    for (const { publication } of claimed) this.#unconfirmed.delete(publication.messageId)
    return claimed
  }

  /** Those that were claimed last wait for their confirmation again. */
  unclaim(messages: readonly QueuedMessage[]): void {
    const waiting = [...messages, ...this.#unconfirmed.values()]
    this.#unconfirmed = new Map(waiting.map(message => [message.publication.messageId, message]))
  }

  /** Carries out an ACK or NACK of messages that were claimed. */
  settle(messages: readonly QueuedMessage[], outcome: Outcome): void {
    const { queue } = this.#options
    if (outcome === 'failed') queue.putBack(messages.map(failed))
    else for (const message of messages) settleOne[outcome](queue, message)
    queue.dispatch()
  }

  /**
   * An open transaction has an ACK or NACK of this message: what that speaks of outlives the subscription.
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

  /** Ends the subscription. Unconfirmed messages go back, those that a transaction holds when it ends. */
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
      // A cumulative ACK speaks of the earlier ones too.
      held = (held && mode === 'client') || (this.#holds?.has(messageId) ?? false)
      if (held) continue
      back.push(message)
      this.#unconfirmed.delete(messageId)
    }
    // A consumer that dies of a message does so at the oldest one: the others were only fetched ahead.
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
