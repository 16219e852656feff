/** Handles ERROR frames that name no frame, and after which the server may or may not go on. */
import type { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports.ts'

/** Milliseconds after which an ERROR has not ended the session, although STOMP requires servers to close. */
export const errorDeadline = 2000

/** Receipt ids of unanswered frames. */
export interface Unanswered {
  has(receiptId: string): boolean
  /** @returns whether it was unanswered. */
  refuse(receiptId: string, error: AppError): boolean
}

interface UnnamedError {
  error: AppError
  /** Receipt ids of the frames that may be refused, oldest first. */
  suspects: readonly string[]
  /** Called when the session goes on and no frame is refused. */
  tell: (error: AppError) => void
  /** The destination of the refused subscription, if known. */
  destination?: string
}

interface OpenError extends UnnamedError {
  cancel: () => void
}

/**
 * If the server goes on, an ERROR refuses the one frame that stays unanswered: the other recent frames get their
 * RECEIPT, possibly after the ERROR (RabbitMQ confirms messages late). If the server closes, the ERROR is about the
 * connection and refuses no frame.
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

  /** Another frame has arrived, so the server goes on. @param answered whether it was a RECEIPT. */
  heard(answered: boolean): void {
    if (this.#open.length === 0) return
    const left = new Set(this.#open.flatMap(entry => this.#suspectsOf(entry)))
    const isDecided = answered && left.size <= this.#open.length
    for (const entry of this.#open) if (isDecided || this.#suspectsOf(entry).length === 0) this.#close(entry)
  }

  /** The session is over, and no frame is refused. @returns the error that ended it; null if there was none. */
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
