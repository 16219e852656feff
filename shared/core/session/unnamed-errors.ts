/** ERROR frames that do not say which frame they refuse, and that may or may not be the server's last word. */
import type { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports.ts'

/** Milliseconds after which an ERROR has not ended the session, although STOMP has servers close after it. */
export const errorDeadline = 2000

/** Receipt ids of frames that have no answer. */
export interface Unanswered {
  has(receiptId: string): boolean
  /** @returns whether it had no answer. */
  refuse(receiptId: string, error: AppError): boolean
}

interface UnnamedError {
  error: AppError
  /** Receipt ids of the frames that may be meant, oldest first. */
  suspects: readonly string[]
  /** What it comes to where the session goes on and no frame is refused. */
  tell: (error: AppError) => void
  /** The destination that it refuses a subscription to, where that is known. */
  destination?: string
}

interface OpenError extends UnnamedError {
  cancel: () => void
}

/**
 * Where the server goes on, an ERROR refuses the one frame that stays without an answer: the others of that moment get their RECEIPT, be it
 * after the ERROR (RabbitMQ confirms messages late). Where it closes, the ERROR is about the connection, and refuses nothing.
 */
export class UnnamedErrors {
  readonly #clock: Clock
  readonly #unanswered: Unanswered
  #open: OpenError[] = []

  constructor(clock: Clock, unanswered: Unanswered) {
    this.#clock = clock
    this.#unanswered = unanswered
  }

  add(error: UnnamedError): void {
    const entry = { ...error, cancel: this.#clock.after(errorDeadline, () => this.#close(entry)) }
    this.#open.push(entry)
  }

  /** Another frame has come, so the server goes on. @param answered whether it was a RECEIPT. */
  heard(answered: boolean): void {
    if (this.#open.length === 0) return
    const left = new Set(this.#open.flatMap(entry => this.#suspectsOf(entry)))
    const isDecided = answered && left.size <= this.#open.length
    for (const entry of this.#open) if (isDecided || this.#suspectsOf(entry).length === 0) this.#close(entry)
  }

  /** The session is over, and refuses nothing. @returns the error that it ended with; null where there was none. */
  end(): UnnamedError | null {
    for (const { cancel } of this.#open) cancel()
    const last = this.#open.at(-1) ?? null
    this.#open = []
    return last
  }

  #suspectsOf({ suspects }: UnnamedError): string[] {
    return suspects.filter(id => this.#unanswered.has(id))
  }

  #close(entry: OpenError): void {
    this.#open = this.#open.filter(each => each !== entry)
    entry.cancel()
    const [oldest] = this.#suspectsOf(entry)
    if (oldest === undefined || !this.#unanswered.refuse(oldest, entry.error)) entry.tell(entry.error)
  }
}
