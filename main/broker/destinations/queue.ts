/** Messages that wait for one of several consumers, in order. */
import type { Limits } from '../options/limits.ts'
import type { Publication } from '../frames/publication.ts'
import type { Budget, Payer } from '../quotas/quota.ts'
import type { Work } from './work.ts'

export interface QueuedMessage {
  readonly publication: Publication
  /** Its place: a message that comes back goes before those that were sent after it. */
  readonly place: number
  /** Whether somebody had it and did not confirm it. */
  readonly redelivered: boolean
  /** How many of its deliveries have failed: refused, or the oldest that its consumer left unconfirmed. */
  readonly failures: number
  /** Bytes that it takes of the budget until it is confirmed, and whose quota pays for them. */
  readonly bytes: number
  readonly payer: Payer | null
}

/** A subscription that takes messages from a queue. */
export interface QueueConsumer {
  /** Messages that it has taken and not confirmed. */
  readonly unconfirmed: Iterable<QueuedMessage>
  /** @returns whether it can take another message now; when that changes to true, it calls {@link Queue.dispatch}. */
  isReady(): boolean
  take(message: QueuedMessage): void
}

/** Why a message is given up, in RabbitMQ's words. */
export type DeathReason = 'delivery_limit' | 'rejected'

export interface QueueOptions {
  readonly limits: Pick<Limits, 'queueMessages' | 'queueBytes' | 'deliveries'>
  /** Of all queues that share it. */
  readonly budget: Budget
  /** Takes over a message that the queue gives up; without it such a message is dropped. */
  readonly bury?: (publication: Publication, reason: DeathReason, payer: Payer | null) => void
}

export class Queue {
  readonly #options: QueueOptions
  /** Those before `#head` have gone. */
  #waiting: QueuedMessage[] = []
  #head = 0
  /** Of what waits here or for its confirmation, and of what is to come. */
  #bytes = 0
  /** Messages for which a place is held. */
  #reserved = 0
  #places = 0
  readonly #consumers: QueueConsumer[] = []
  #turn = 0
  #whenEmpty: (() => void) | null = null
  #closed = false

  constructor(options: QueueOptions) {
    this.#options = options
  }

  /** Messages that wait. */
  get length(): number {
    return this.#waiting.length - this.#head
  }

  /** Bytes of the messages that wait or are not confirmed. */
  get bytes(): number {
    return this.#bytes
  }

  /** Whether somebody reads from it. */
  get hasConsumers(): boolean {
    return this.#consumers.length > 0
  }

  /** Whether nobody reads from it, and nothing is or is to come in it. */
  get unused(): boolean {
    return this.#consumers.length === 0 && this.#bytes === 0
  }

  /** Where the next message goes: higher than {@link QueuedMessage.place} of all before it. */
  get nextPlace(): number {
    return this.#places
  }

  /**
   * Reserves room for a message.
   * @param payer whose quota pays; null for the application.
   * @returns the work that adds it; null where the queue is full, or the payer holds too much.
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
          place: this.#places++,
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

  /** @returns false where {@link reserve} finds no room. */
  add(publication: Publication, payer: Payer | null): boolean {
    const work = this.reserve(publication, payer)
    void work?.run()
    return work !== null
  }

  /** Adds a message even to a full queue: the oldest messages make room, and only the payer's own ones where the payer holds too much. */
  addNewest(publication: Publication, payer: Payer | null): void {
    if (publication.memory > this.#options.limits.queueBytes) return
    while (!this.add(publication, payer)) {
      const oldest = this.#isFullFor(publication.memory) ? this.#shift() : this.#takeOldestOf(payer)
      if (!oldest) return
      this.done(oldest)
    }
  }

  /** @returns up to `limit` messages from this place on, in order, those that consumers have not confirmed included. */
  read(place: number, limit: number): QueuedMessage[] {
    const taken = this.#consumers.flatMap(({ unconfirmed }) => [...unconfirmed])
    let [low, high] = [this.#head, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#waiting[middle]?.place ?? 0) < place) low = middle + 1
      else high = middle
    }
    return [...taken.filter(message => message.place >= place), ...this.#waiting.slice(low, low + limit)]
      .sort((a, b) => a.place - b.place)
      .slice(0, limit)
  }

  /**
   * Takes back what was not confirmed, in the order of its delivery, each to its old place. A message whose deliveries have failed too
   * often is given up.
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
    const last = back.reduce((most, { place }) => Math.max(most, place), 0)
    const waiting = this.#waiting.slice(this.#head)
    // Few are to be sorted: most wait behind all that come back.
    const behind = waiting.findIndex(({ place }) => place > last)
    const ahead = waiting.splice(0, behind < 0 ? waiting.length : behind)
    this.#waiting = [...back, ...ahead].sort((a, b) => a.place - b.place).concat(waiting)
    this.#head = 0
    this.dispatch()
  }

  /** The message is not delivered any more. */
  giveUp(message: QueuedMessage, reason: DeathReason): void {
    this.done(message)
    this.#options.bury?.(message.publication, reason, message.payer)
  }

  /** The message is confirmed: it counts no more. */
  done(message: QueuedMessage): void {
    this.#free(message)
  }

  /** Nobody uses it any more: waiting messages are dropped now, delivered ones when they are confirmed or come back. */
  close(): void {
    this.#closed = true
    for (const message of this.#waiting.slice(this.#head)) this.done(message)
    this.#waiting = []
    this.#head = 0
  }

  addConsumer(consumer: QueueConsumer): void {
    this.#consumers.push(consumer)
    // First comes the RECEIPT of the SUBSCRIBE, as RabbitMQ and ActiveMQ have it.
    queueMicrotask(() => this.dispatch())
  }

  removeConsumer(consumer: QueueConsumer): void {
    const index = this.#consumers.indexOf(consumer)
    if (index >= 0) this.#consumers.splice(index, 1)
  }

  /** Calls once, when no message waits. */
  whenEmpty(run: () => void): void {
    this.#whenEmpty = run
    this.dispatch()
  }

  /** Hands out messages as long as there are consumers who take them, to one after the other. */
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

  /** Takes out the oldest message that waits. */
  #shift(): QueuedMessage | undefined {
    const message = this.#waiting[this.#head]
    if (!message) return undefined
    this.#head++
    // Half of the list has gone: this costs each message one move.
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

  /** @returns whether the queue itself has no room for so many bytes. */
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
