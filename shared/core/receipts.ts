/** The frames of one session whose RECEIPT has not come yet. */
import type { AppError } from '../contract/errors.ts'
import type { Clock } from './ports.ts'

/** `unknown`: no RECEIPT came in time; the server may have taken the frame all the same. */
export type ReceiptOutcome = 'received' | 'unknown'

/** Milliseconds after which a frame is no longer waited for. */
export const receiptDeadline = 15_000
/** Milliseconds after which a server that has given no receipt at all is taken for one that gives none. */
export const firstReceiptDeadline = 4000

interface Pending {
  settle(outcome: ReceiptOutcome): void
  refuse(error: AppError): void
}

export interface Receipts {
  /** @returns the `receipt` header of a frame that is about to be sent. */
  next(settle: Pending['settle'], refuse: Pending['refuse']): string
  /** A RECEIPT has come. */
  settle(receiptId: string): void
  /** The server refused the frame of this receipt. @returns whether it was waited for. */
  refuse(receiptId: string, error: AppError): boolean
  refuseOldest(error: AppError): boolean
  /** @returns whether the server has given any. */
  seen(): boolean
  /** @returns whether the server gives any: true with the first one, false after {@link firstReceiptDeadline}. */
  given(): Promise<boolean>
  /** The session is over: everything that waits is refused with `error`. */
  end(error: AppError): void
}

export const pendingReceipts = (clock: Clock): Receipts => {
  const pending = new Map<string, Pending>()
  const waitingForFirst = new Set<(given: boolean) => void>()
  let count = 0
  let seen = false

  const take = (receiptId: string): Pending | undefined => {
    const found = pending.get(receiptId)
    pending.delete(receiptId)
    return found
  }
  const tellWhetherGiven = (): void => {
    for (const resolve of waitingForFirst) resolve(seen)
    waitingForFirst.clear()
  }
  const refuse = (receiptId: string, error: AppError): boolean => {
    const found = take(receiptId)
    found?.refuse(error)
    return found !== undefined
  }

  return {
    next(settle, refuse) {
      const receiptId = `receipt-${++count}`
      const cancel = clock.after(receiptDeadline, () => take(receiptId)?.settle('unknown'))
      pending.set(receiptId, {
        settle(outcome) {
          cancel()
          settle(outcome)
        },
        refuse(error) {
          cancel()
          refuse(error)
        },
      })
      return receiptId
    },
    settle(receiptId) {
      seen = true
      tellWhetherGiven()
      take(receiptId)?.settle('received')
    },
    refuse,
    refuseOldest(error) {
      const [oldest] = pending.keys()
      return oldest !== undefined && refuse(oldest, error)
    },
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
    end(error) {
      tellWhetherGiven()
      for (const receiptId of [...pending.keys()]) refuse(receiptId, error)
    },
  }
}
