/** Open transactions of one connection: what is sent and confirmed in them waits for its COMMIT. */
import type { Limits } from '../options/limits.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { nothing, type Work } from '../destinations/work.ts'

/** A frame that waits for the COMMIT. */
export interface HeldFrame {
  /** Checks the frame as it would be checked now. @throws what the frame is refused for. */
  prepare(): Work
  /** Keeps what the frame speaks of while the transaction is open. @returns a function that ends that. */
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
  /** Of all that are open. */
  #bytes = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  begin(name: string): void {
    if (this.#open.has(name))
      throw new ProtocolError(
        'Transaction exists',
        'This connection has a transaction with that name already.',
      )
    if (this.#open.size >= this.#limits.transactions)
      throw new ProtocolError(
        'Too many transactions',
        `A connection may have ${this.#limits.transactions} transactions open.`,
      )
    this.#open.set(name, { frames: [], holds: [], bytes: 0 })
  }

  /**
   * Takes a frame into an open transaction.
   * @param bytes that the frame takes of memory: all open transactions together are bounded.
   * @throws {ProtocolError} where there is no such transaction, or no room for the frame.
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
   * @param use takes its frames, in order; what is held for them is given up when it returns or throws.
   * @returns what `use` does.
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

  /** The connection ends: all of its transactions are forgotten. */
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
