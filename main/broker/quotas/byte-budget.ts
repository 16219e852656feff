import type { Budget } from './quota.ts'

/** The budget of one owner's private queues, independent of the sender. */
export class ByteBudget implements Budget {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  take(bytes: number): boolean {
    if (bytes > this.#left) return false
    this.#left -= bytes
    return true
  }

  giveBack(bytes: number): void {
    this.#left += bytes
  }
}
