/** The frames of one session that ask for a RECEIPT: when they are sent, and their outcome. */
import type { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports.ts'
import { isSameFrame, type Culprit, type SentFrame } from './poison.ts'

/** `unknown`: no RECEIPT arrived in time; the server may have processed the frame all the same. */
export type ReceiptOutcome = 'received' | 'unknown'

/** Milliseconds until the wait for a RECEIPT ends. */
export const receiptDeadline = 15_000
/** Milliseconds after which a server without any receipt counts as one that sends none. */
export const firstReceiptDeadline = 4000
/**
 * Milliseconds after which a frame counts as processed on a server without receipts: it would have closed the
 * connection by now.
 */
export const silenceDeadline = 2000

/**
 * Milliseconds after the answer to a SUBSCRIBE in which that subscription may still end the session: the server
 * confirms it, and then fails to deliver, or delivers a frame that is too large.
 */
export const settlingTime = 1000

/** A frame to send. */
export interface Outgoing {
  frame: SentFrame
  /** Sends it with this `receipt` header. @returns false if it is no longer wanted. */
  transmit(receiptId: string): boolean
  settle(outcome: ReceiptOutcome): void
  refuse(error: AppError): void
}

interface Pending extends Outgoing {
  /** Whether it was sent within {@link silenceDeadline}. */
  recent: boolean
  cancel: () => void
}

export class Receipts {
  readonly #clock: Clock
  readonly #pending = new Map<string, Pending>()
  readonly #waitingForFirst = new Set<(given: boolean) => void>()
  /** SUBSCRIBE frames answered within {@link settlingTime}. */
  readonly #settling = new Set<{ frame: SentFrame; cancel: () => void }>()
  #queue: Outgoing[] = []
  #isHeld: boolean
  #isOver = false
  #count = 0
  #isSeen = false

  readonly #onTaken: (frame: SentFrame, isSettled: boolean) => void

  /**
   * @param oneByOne whether each frame waits for the answer to the previous one.
   * @param onTaken the server has answered this SUBSCRIBE, and again when the session has outlived that by {@link settlingTime}.
   */
  constructor(
    clock: Clock,
    oneByOne = false,
    onTaken: (frame: SentFrame, isSettled: boolean) => void = () => undefined,
  ) {
    this.#clock = clock
    this.#isHeld = oneByOne
    this.#onTaken = onTaken
  }

  /** @returns a `receipt` header for a frame whose answer is not awaited. */
  next(): string {
    return `receipt-${++this.#count}`
  }

  /** Sends the frame as soon as its turn comes; does nothing when the session is over. */
  send(outgoing: Outgoing): void {
    if (this.#isOver) return
    this.#queue.push(outgoing)
    this.#pump()
  }

  /** Ends the one-at-a-time mode. */
  release(): void {
    this.#isHeld = false
    this.#pump()
  }

  /** A RECEIPT has arrived. */
  settle(receiptId: string): void {
    this.#isSeen = true
    this.#tellWhetherGiven()
    const answered = this.#take(receiptId)
    if (answered) this.#settle(answered.frame)
    answered?.settle('received')
    this.#pump()
  }

  /** The server refused the frame of this receipt. @returns whether it was pending. */
  refuse(receiptId: string, error: AppError): boolean {
    const found = this.#take(receiptId)
    found?.refuse(error)
    this.#pump()
    return found !== undefined
  }

  /** @returns whether the frame of this receipt is pending. */
  has(receiptId: string): boolean {
    return this.#pending.has(receiptId)
  }

  /** @returns the pending receipt ids, oldest first. */
  ids(): string[] {
    return [...this.#pending.keys()]
  }

  /** @returns the frames that may end the session now: those not yet answered, and those that are settling. */
  suspects(): SentFrame[] {
    return [...this.#settling, ...this.#unanswered()].map(({ frame }) => frame)
  }

  /** @returns whether all frames are sent and answered. */
  isIdle(): boolean {
    return this.#queue.length === 0 && this.#isQuiet()
  }

  /** @returns whether the server has sent a receipt. */
  seen(): boolean {
    return this.#isSeen
  }

  /** @returns whether the server sends receipts: true with the first one, false after {@link firstReceiptDeadline}. */
  given(): Promise<boolean> {
    return new Promise(resolve => {
      if (this.#isSeen) {
        resolve(true)
        return
      }
      const cancel = this.#clock.after(firstReceiptDeadline, () => this.#tellWhetherGiven())
      this.#waitingForFirst.add(given => {
        cancel()
        resolve(given)
      })
    })
  }

  /** The session is over: the culprit is rejected with its own error, all other frames with `error`. */
  end(error: AppError, culprit: Culprit | null): void {
    this.#isOver = true
    this.#tellWhetherGiven()
    const left = [...this.#pending.values(), ...this.#queue]
    for (const { cancel } of [...this.#pending.values(), ...this.#settling]) cancel()
    this.#settling.clear()
    this.#queue = []
    this.#pending.clear()
    for (const each of left)
      each.refuse(culprit && isSameFrame(each.frame, culprit.frame) ? culprit.error : error)
  }

  #take(receiptId: string): Pending | undefined {
    const found = this.#pending.get(receiptId)
    found?.cancel()
    this.#pending.delete(receiptId)
    return found
  }

  #settle(frame: SentFrame): void {
    if (frame.command !== 'SUBSCRIBE') return
    this.#onTaken(frame, false)
    const cancel = this.#clock.after(settlingTime, () => {
      this.#settling.delete(entry)
      this.#onTaken(frame, true)
      this.#pump()
    })
    const entry = { frame, cancel }
    this.#settling.add(entry)
  }

  #isQuiet(): boolean {
    return this.#unanswered().length === 0 && this.#settling.size === 0
  }

  #tellWhetherGiven(): void {
    for (const resolve of this.#waitingForFirst) resolve(this.#isSeen)
    this.#waitingForFirst.clear()
  }

  #unanswered(): Pending[] {
    return [...this.#pending.values()].filter(({ recent }) => this.#isSeen || recent)
  }

  #transmit(outgoing: Outgoing): void {
    const receiptId = this.next()
    const cancelSilence = this.#clock.after(silenceDeadline, () => {
      entry.recent = false
      this.#pump()
    })
    const cancelDeadline = this.#clock.after(receiptDeadline, () => {
      this.#take(receiptId)?.settle('unknown')
      this.#pump()
    })
    const cancel = (): void => {
      cancelSilence()
      cancelDeadline()
    }
    const entry: Pending = { ...outgoing, recent: true, cancel }
    this.#pending.set(receiptId, entry)
    if (!outgoing.transmit(receiptId)) this.#take(receiptId)
  }

  #pump(): void {
    while (!this.#isHeld || this.#isQuiet()) {
      const outgoing = this.#queue.shift()
      if (!outgoing) return
      this.#transmit(outgoing)
    }
  }
}
