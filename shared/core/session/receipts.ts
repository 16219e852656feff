/** The frames of one session that ask for a RECEIPT: when they go out, and what becomes of them. */
import type { AppError } from '../../contract/errors.ts'
import type { Clock } from '../ports.ts'
import { isSameFrame, type Culprit, type SentFrame } from './poison.ts'

/** `unknown`: no RECEIPT came in time; the server may have taken the frame all the same. */
export type ReceiptOutcome = 'received' | 'unknown'

/** Milliseconds after which a frame is no longer waited for. */
export const receiptDeadline = 15_000
/** Milliseconds after which a server that has given no receipt at all is taken for one that gives none. */
export const firstReceiptDeadline = 4000
/** Milliseconds after which a server that has given no receipt at all has taken a frame: it would have closed by now. */
export const silenceDeadline = 2000

/** A frame that is to go out. */
export interface Outgoing {
  frame: SentFrame
  /** Puts it on the wire with this `receipt` header. @returns false where it is no longer wanted. */
  transmit(receiptId: string): boolean
  settle(outcome: ReceiptOutcome): void
  refuse(error: AppError): void
}

interface Pending extends Outgoing {
  /** Whether it went out within {@link silenceDeadline}. */
  recent: boolean
  cancel: () => void
}

export interface Receipts {
  /** @returns the `receipt` header of a frame whose answer nobody waits for. */
  next(): string
  /** Puts the frame on the wire as soon as it is its turn; nothing where the session is over. */
  send(outgoing: Outgoing): void
  /** Lets frames go out at once from now on. */
  release(): void
  /** A RECEIPT has come. */
  settle(receiptId: string): void
  /** The server refused the frame of this receipt. @returns whether it was waited for. */
  refuse(receiptId: string, error: AppError): boolean
  /** @returns whether the frame of this receipt is waited for. */
  has(receiptId: string): boolean
  /** @returns the receipt ids that are waited for, oldest first. */
  ids(): string[]
  /** @returns the frames on the wire that the server may not have dealt with yet. */
  unanswered(): SentFrame[]
  /** @returns whether all frames are out, and dealt with. */
  isIdle(): boolean
  /** @returns whether the server has given any. */
  seen(): boolean
  /** @returns whether the server gives any: true with the first one, false after {@link firstReceiptDeadline}. */
  given(): Promise<boolean>
  /** The session is over: the culprit is refused with its own error, and everything else with `error`. */
  end(error: AppError, culprit: Culprit | null): void
}

/** @param oneByOne whether each frame waits for the answer to the one before. */
export const pendingReceipts = (clock: Clock, oneByOne = false): Receipts => {
  let queue: Outgoing[] = []
  const pending = new Map<string, Pending>()
  const waitingForFirst = new Set<(given: boolean) => void>()
  let isHeld = oneByOne
  let isOver = false
  let count = 0
  let seen = false

  const next = (): string => `receipt-${++count}`
  const take = (receiptId: string): Pending | undefined => {
    const found = pending.get(receiptId)
    found?.cancel()
    pending.delete(receiptId)
    return found
  }
  const tellWhetherGiven = (): void => {
    for (const resolve of waitingForFirst) resolve(seen)
    waitingForFirst.clear()
  }
  const unanswered = (): Pending[] => [...pending.values()].filter(({ recent }) => seen || recent)

  const transmit = (outgoing: Outgoing): void => {
    const receiptId = next()
    const cancelSilence = clock.after(silenceDeadline, () => {
      entry.recent = false
      pump()
    })
    const cancelDeadline = clock.after(receiptDeadline, () => {
      take(receiptId)?.settle('unknown')
      pump()
    })
    const cancel = (): void => {
      cancelSilence()
      cancelDeadline()
    }
    const entry: Pending = { ...outgoing, recent: true, cancel }
    pending.set(receiptId, entry)
    if (!outgoing.transmit(receiptId)) take(receiptId)
  }
  const pump = (): void => {
    while (!isHeld || unanswered().length === 0) {
      const outgoing = queue.shift()
      if (!outgoing) return
      transmit(outgoing)
    }
  }
  const refuse = (receiptId: string, error: AppError): boolean => {
    const found = take(receiptId)
    found?.refuse(error)
    pump()
    return found !== undefined
  }

  return {
    next,
    send(outgoing) {
      if (isOver) return
      queue.push(outgoing)
      pump()
    },
    release() {
      isHeld = false
      pump()
    },
    settle(receiptId) {
      seen = true
      tellWhetherGiven()
      take(receiptId)?.settle('received')
      pump()
    },
    refuse,
    has: receiptId => pending.has(receiptId),
    ids: () => [...pending.keys()],
    unanswered: () => unanswered().map(({ frame }) => frame),
    isIdle: () => queue.length === 0 && unanswered().length === 0,
    seen: () => seen,
    given: () =>
      new Promise(resolve => {
        if (seen) {
          resolve(true)
          return
        }
        const cancel = clock.after(firstReceiptDeadline, tellWhetherGiven)
        waitingForFirst.add(given => {
          cancel()
          resolve(given)
        })
      }),
    end(error, culprit) {
      isOver = true
      tellWhetherGiven()
      const left = [...pending.values(), ...queue]
      for (const { cancel } of pending.values()) cancel()
      queue = []
      pending.clear()
      for (const each of left)
        each.refuse(culprit && isSameFrame(each.frame, culprit.frame) ? culprit.error : error)
    },
  }
}
