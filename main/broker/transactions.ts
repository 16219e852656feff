/** Open transactions of one connection: what is sent and confirmed in them waits for its COMMIT. */
import type { Limits } from './limits.ts'
import { ProtocolError } from './protocol-error.ts'

/** A frame that was checked and waits to be carried out. */
export type Work = () => Promise<void> | void

export class Transactions {
  readonly #limits: Limits
  readonly #open = new Map<string, Work[]>()
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
    this.#open.set(name, [])
  }

  /** @param bytes of the frame: all open transactions together are bounded. */
  add(name: string, work: Work, bytes: number): void {
    const works = this.#works(name)
    this.#bytes += bytes
    if (works.length >= this.#limits.transactionFrames || this.#bytes > this.#limits.transactionBytes)
      throw new ProtocolError('Transaction too large', 'Send fewer or smaller frames in one transaction.')
    works.push(work)
  }

  /** @returns the transaction's frames in order; it is closed. */
  end(name: string): readonly Work[] {
    const works = this.#works(name)
    this.#open.delete(name)
    if (this.#open.size === 0) this.#bytes = 0
    return works
  }

  #works(name: string): Work[] {
    const works = this.#open.get(name)
    if (!works)
      throw new ProtocolError('No such transaction', 'This connection has no transaction with that name.')
    return works
  }
}
