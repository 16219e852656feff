/** Messages that wait for one of several consumers, in order. */
import type { Limits } from '../options/limits.ts'
import type { Publication } from '../frames/publication.ts'
import type { Budget, Payer } from '../quotas/quota.ts'
import type { Work } from './work.ts'

export interface QueuedMessage {
  readonly publication: Publication
  /** Its position: a message that is returned goes before those sent after it. */
  readonly position: number
  /** Whether it was delivered before without being confirmed. */
  readonly redelivered: boolean
  /** The number of its failed deliveries: rejected by a NACK, or the oldest one that its consumer left unconfirmed. */
  readonly failures: number
  /** Bytes of the budget that it uses until it is confirmed, and the payer of them. */
  readonly bytes: number
  readonly payer: Payer | null
}

/** A subscription that consumes messages from a queue. */
export interface QueueConsumer {
  /** Messages that it has received and not confirmed. */
  readonly unconfirmed: Iterable<QueuedMessage>
  /** @returns whether it can take another message now; when that changes to true, it calls {@link Queue.dispatch}. */
  isReady(): boolean
  take(message: QueuedMessage): void
}

/** Why a message is discarded, in RabbitMQ's terms. */
export type DeathReason = 'delivery_limit' | 'rejected'

export interface QueueOptions {
  readonly limits: Pick<Limits, 'queueMessages' | 'queueBytes' | 'deliveries'>
  /** Shared by several queues. */
  readonly budget: Budget
  /** Receives a discarded message; without it such a message is dropped. */
  readonly bury?: (publication: Publication, reason: DeathReason, payer: Payer | null) => void
}

export class Queue {
  readonly #options: QueueOptions
  /** Messages before `#head` are gone. */
  #waiting: QueuedMessage[] = []
  #head = 0
  /** Bytes of waiting, unconfirmed and reserved messages. */
  #bytes = 0
  /** Messages with a reservation. */
  #reserved = 0
  #positions = 0
  readonly #consumers: QueueConsumer[] = []
  #turn = 0
  #whenEmpty: (() => void) | null = null
  #closed = false

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Number of waiting messages. */
  get length(): number {
    return this.#waiting.length - this.#head
  }

  /** Bytes of waiting and unconfirmed messages. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether it has consumers. */
  get hasConsumers(): boolean {
    return this.#consumers.length > 0
  }

  /** Whether it has no consumers, messages or reservations. */
  get unused(): boolean {
    return this.#consumers.length === 0 && this.#bytes === 0
  }

  /** The position of the next message: higher than {@link QueuedMessage.position} of all earlier ones. */
  get nextPlace(): number {
    return this.#positions
  }

  /**
   * Reserves room for a message.
   * @param payer whose quota pays; null for the application.
   * @returns the work that adds it; null if the queue is full, or the payer's quota is used up.
   */
  reserve(publication: Publication, payer: Payer | null): Work | null {
    const bytes = publication.memory
    if (this.#isFullFor(bytes) || !this.#options.budget.take(bytes, payer)) return null
    this.#bytes += bytes
    this.#reserved++
    return {
      run: () => {
        this.#reserved--
        if (this.#closed) {
          this.#free({ bytes, payer })
          return
        }
        this.#waiting.push({
          publication: publication.keep(),
          position: this.#positions++,
          redelivered: false,
          failures: 0,
          bytes,
          payer,
        })
        this.dispatch()
      },
      release: () => {
        this.#reserved--
        this.#free({ bytes, payer })
      },
    }
  }

  /** @returns false if {@link reserve} finds no room. */
  add(publication: Publication, payer: Payer | null): boolean {
    const work = this.reserve(publication, payer)
    void work?.run()
    return work !== null
  }

  /**
   * Adds a message even to a full queue by dropping the oldest messages, or only the payer's own ones if the payer's
   * quota is used up.
   */
  addNewest(publication: Publication, payer: Payer | null): void {
    if (publication.memory > this.#options.limits.queueBytes) return
    while (!this.add(publication, payer)) {
      const oldest = this.#isFullFor(publication.memory) ? this.#shift() : this.#takeOldestOf(payer)
      if (!oldest) return
      this.done(oldest)
    }
  }

  /** @returns up to `limit` messages from this position on, in order, including unconfirmed ones. */
  read(position: number, limit: number): QueuedMessage[] {
    const taken = this.#consumers.flatMap(({ unconfirmed }) => [...unconfirmed])
    let [low, high] = [this.#head, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#waiting[middle]?.position ?? 0) < position) low = middle + 1
      else high = middle
    }
    return [
      ...taken.filter(message => message.position >= position),
      ...this.#waiting.slice(low, low + limit),
    ]
      .sort((a, b) => a.position - b.position)
      .slice(0, limit)
  }

  /**
   * Takes back unconfirmed messages, in the order of their delivery, each at its old position. A message with too many
   * failed deliveries is discarded.
   */
  putBack(messages: readonly QueuedMessage[]): void {
    const { deliveries } = this.#options.limits
    const back: QueuedMessage[] = []
    for (const message of messages) {
      if (this.#closed) this.done(message)
      else if (message.failures >= deliveries) this.giveUp(message, 'delivery_limit')
      else back.push({ ...message, redelivered: true })
    }
    if (back.length === 0) return
    const last = back.reduce((most, { position }) => Math.max(most, position), 0)
    const waiting = this.#waiting.slice(this.#head)
    // Only a few have to be sorted: most waiting messages come after all returned ones.
    const behind = waiting.findIndex(({ position }) => position > last)
    const ahead = waiting.splice(0, behind < 0 ? waiting.length : behind)
    this.#waiting = [...back, ...ahead].sort((a, b) => a.position - b.position).concat(waiting)
    this.#head = 0
    this.dispatch()
  }

  /** Removes a message without delivering it again. */
  giveUp(message: QueuedMessage, reason: DeathReason): void {
    this.done(message)
    this.#options.bury?.(message.publication, reason, message.payer)
  }

  /** The message is confirmed: it no longer counts. */
  done(message: QueuedMessage): void {
    this.#free(message)
  }

  /** Closes an unused queue: waiting messages are dropped now, delivered ones when they are confirmed or returned. */
  close(): void {
    this.#closed = true
    for (const message of this.#waiting.slice(this.#head)) this.done(message)
    this.#waiting = []
    this.#head = 0
  }

  addConsumer(consumer: QueueConsumer): void {
    this.#consumers.push(consumer)
    // The RECEIPT of the SUBSCRIBE comes first, as in RabbitMQ and ActiveMQ.
    queueMicrotask(() => this.dispatch())
  }

  removeConsumer(consumer: QueueConsumer): void {
    const index = this.#consumers.indexOf(consumer)
    if (index >= 0) this.#consumers.splice(index, 1)
  }

  /** Calls `run` once, when no message is waiting. */
  whenEmpty(run: () => void): void {
    this.#whenEmpty = run
    this.dispatch()
  }

  /** Delivers messages to the consumers in turn, as long as one of them is ready. */
  dispatch(): void {
    while (this.length > 0) {
      const consumer = this.#nextReady()
      const message = consumer && this.#shift()
      if (!message) return
      consumer.take(message)
    }
    const run = this.#whenEmpty
    this.#whenEmpty = null
    run?.()
  }

  /** Removes the oldest waiting message. */
  #shift(): QueuedMessage | undefined {
    const message = this.#waiting[this.#head]
    if (!message) return undefined
    this.#head++
    // Compacts the list when half of it is gone, so each message is moved about once.
    if (this.#head > 64 && this.#head * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return message
  }

  /** Removes the oldest waiting message that this payer pays for. */
  #takeOldestOf(payer: Payer | null): QueuedMessage | undefined {
    const index = this.#waiting.findIndex(
      (message, at) => at >= this.#head && message.payer?.group === payer?.group,
    )
    if (index === this.#head) return this.#shift()
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0]
  }

  /** @returns whether the queue itself has no room for this many bytes. */
  #isFullFor(bytes: number): boolean {
    const { queueMessages, queueBytes } = this.#options.limits
    return this.length + this.#reserved >= queueMessages || this.#bytes + bytes > queueBytes
  }

  #free({ bytes, payer }: Pick<QueuedMessage, 'bytes' | 'payer'>): void {
    this.#bytes -= bytes
    this.#options.budget.giveBack(bytes, payer)
  }

  #nextReady(): QueueConsumer | null {
    let left = this.#consumers.length
    while (left-- > 0) {
      const consumer = this.#consumers[this.#turn++ % this.#consumers.length]
      if (consumer?.isReady()) return consumer
    }
    return null
  }
}
