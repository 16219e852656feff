/** Open transactions of one connection: what is sent and confirmed in them waits for its COMMIT. */
import type { Limits } from './limits.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Work } from './work.ts'

/** A frame that waits. It checks the frame as it would be checked now. @throws what the frame is refused for. */
export type Prepare = () => Work

interface Transaction {
  readonly frames: Prepare[]
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
    this.#open.set(name, { frames: [], bytes: 0 })
  }

  /** @param bytes that the frame takes of memory: all open transactions together are bounded. */
  add(name: string, frame: Prepare, bytes: number): void {
    const transaction = this.#find(name)
    const { transactionFrames, transactionBytes } = this.#limits
    if (transaction.frames.length >= transactionFrames || this.#bytes + bytes > transactionBytes)
      throw new ProtocolError('Transaction too large', 'Send fewer or smaller frames in one transaction.')
    transaction.frames.push(frame)
    transaction.bytes += bytes
    this.#bytes += bytes
  }

  /** @returns the transaction's frames in order; it is closed. */
  end(name: string): readonly Prepare[] {
    const { frames, bytes } = this.#find(name)
    this.#open.delete(name)
    this.#bytes -= bytes
    return frames
  }

  #find(name: string): Transaction {
    const transaction = this.#open.get(name)
    if (!transaction)
      throw new ProtocolError('No such transaction', 'This connection has no transaction with that name.')
    return transaction
  }
}
