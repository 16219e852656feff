/** Messages that wait for one of several consumers, in order. */
import type { ByteBudget } from './byte-budget.ts'
import type { Publication } from './publication.ts'
import type { Work } from './work.ts'

export interface QueuedMessage {
  readonly publication: Publication
  /** Its place: a message that comes back goes before those that were sent after it. */
  readonly place: number
  /** Whether somebody had it and did not confirm it. */
  readonly redelivered: boolean
  /** What it counts for, until it is confirmed. */
  readonly bytes: number
}

/** Who takes messages from a queue. */
export interface QueueConsumer {
  /** @returns whether it can take another message now; when that changes to true, it calls {@link Queue.dispatch}. */
  isReady(): boolean
  take(message: QueuedMessage): void
}

export interface QueueLimits {
  queueMessages: number
  queueBytes: number
}

export class Queue {
  readonly #limits: QueueLimits
  readonly #budget: ByteBudget
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

  /** @param budget of all queues that share it. */
  constructor(limits: QueueLimits, budget: ByteBudget) {
    this.#limits = limits
    this.#budget = budget
  }

  /** Messages that wait. */
  get length(): number {
    return this.#waiting.length - this.#head
  }

  /** Whether nobody reads from it, and nothing is or is to come in it. */
  get unused(): boolean {
    return this.#consumers.length === 0 && this.#bytes === 0
  }

  /** Holds a place for a message. @returns what puts it there; null where the queue is full. */
  reserve(publication: Publication): Work | null {
    const { queueMessages, queueBytes } = this.#limits
    const bytes = publication.memory
    const full = this.length + this.#reserved >= queueMessages || this.#bytes + bytes > queueBytes
    if (full || !this.#budget.take(bytes)) return null
    this.#bytes += bytes
    this.#reserved++
    return {
      run: () => {
        this.#reserved--
        if (this.#closed) {
          this.#free(bytes)
          return
        }
        this.#waiting.push({
          publication: publication.keep(),
          place: this.#places++,
          redelivered: false,
          bytes,
        })
        this.dispatch()
      },
      release: () => {
        this.#reserved--
        this.#free(bytes)
      },
    }
  }

  /** @returns false where the queue is full and did not take it. */
  add(publication: Publication): boolean {
    const work = this.reserve(publication)
    void work?.run()
    return work !== null
  }

  /** Takes back what was not confirmed, in the order of its delivery, each to its old place. */
  putBack(messages: readonly QueuedMessage[]): void {
    if (this.#closed) for (const message of messages) this.done(message)
    if (this.#closed || messages.length === 0) return
    const back = messages.map(message => ({ ...message, redelivered: true }))
    const last = back.reduce((most, { place }) => Math.max(most, place), 0)
    const waiting = this.#waiting.slice(this.#head)
    // Few are to be sorted: most wait behind all that come back.
    const behind = waiting.findIndex(({ place }) => place > last)
    const ahead = waiting.splice(0, behind < 0 ? waiting.length : behind)
    this.#waiting = [...back, ...ahead].sort((a, b) => a.place - b.place).concat(waiting)
    this.#head = 0
    this.dispatch()
  }

  /** The message is confirmed: it counts no more. */
  done({ bytes }: QueuedMessage): void {
    this.#free(bytes)
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
      const message = this.#waiting[this.#head]
      if (!consumer || !message) return
      this.#head++
      // Half of the list has gone: this costs each message one move.
      if (this.#head > 64 && this.#head * 2 > this.#waiting.length) {
        this.#waiting = this.#waiting.slice(this.#head)
        this.#head = 0
      }
      consumer.take(message)
    }
    const run = this.#whenEmpty
    this.#whenEmpty = null
    run?.()
  }

  #free(bytes: number): void {
    this.#bytes -= bytes
    this.#budget.giveBack(bytes)
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
