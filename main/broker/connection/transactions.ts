/** Open transactions of one connection: their SEND, ACK and NACK frames wait for COMMIT. */
import type { Limits } from '../options/limits.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { nothing, type Work } from '../destinations/work.ts'

/** A frame that waits for COMMIT. */
export interface HeldFrame {
  /** Checks the frame as if it had just arrived. @throws the reason to refuse it. */
  prepare(): Work
  /** Keeps the deliveries that the frame refers to while the transaction is open. @returns a function that releases them. */
  hold(): () => void
}

interface Transaction {
  readonly frames: HeldFrame[]
  readonly holds: (() => void)[]
  bytes: number
}

export class Transactions {
  readonly #limits: Limits
  readonly #open = new Map<string, Transaction>()
  /** Bytes of all open transactions. */
  #bytes = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  begin(name: string): void {
    if (this.#open.has(name))
      throw new ProtocolError(
        'Transaction exists',
        'This connection already has a transaction with that name.',
      )
    if (this.#open.size >= this.#limits.transactions)
      throw new ProtocolError(
        'Too many transactions',
        `A connection may have ${this.#limits.transactions} open transactions.`,
      )
    this.#open.set(name, { frames: [], holds: [], bytes: 0 })
  }

  /**
   * Adds a frame to an open transaction.
   * @param bytes of memory that the frame uses; the total of all open transactions is limited.
   * @throws {ProtocolError} for an unknown transaction, or when the limit is reached.
   */
  add(name: string, frame: HeldFrame, bytes: number): void {
    const transaction = this.#find(name)
    const { transactionFrames, transactionBytes } = this.#limits
    if (transaction.frames.length >= transactionFrames || this.#bytes + bytes > transactionBytes)
      throw new ProtocolError('Transaction too large', 'Send fewer or smaller frames in one transaction.')
    transaction.frames.push(frame)
    transaction.holds.push(frame.hold())
    transaction.bytes += bytes
    this.#bytes += bytes
  }

  /**
   * Ends a transaction.
   * @param use gets its frames in order; what is held for them is released when it returns or throws.
   * @returns the result of `use`.
   */
  end<Used>(name: string, use: (frames: readonly HeldFrame[]) => Used): Used {
    const { frames, holds, bytes } = this.#find(name)
    this.#open.delete(name)
    this.#bytes -= bytes
    try {
      return use(frames)
    } finally {
      for (const letGo of holds) letGo()
    }
  }

  /** Drops all transactions, at the end of the connection. */
  clear(): void {
    for (const name of this.#open.keys()) this.end(name, nothing)
  }

  #find(name: string): Transaction {
    const transaction = this.#open.get(name)
    if (!transaction)
      throw new ProtocolError('No such transaction', 'This connection has no transaction with that name.')
    return transaction
  }
}
