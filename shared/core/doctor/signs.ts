/** What a server does in one session, in its order, for steps that wait for it. */

/** As {@link import('../ports.ts').Clock.after}. */
type After = (delay: number, run: () => void) => () => void

/** The most signs that wait for a step: a server may send anything. */
const mostKept = 200

export class Signs<Sign> {
  readonly #after: After
  #kept: Sign[] = []
  /** Takes the next sign. @returns whether it is the one that a step waits for. */
  #waiter: ((sign: Sign) => boolean) | null = null

  constructor(after: After) {
    this.#after = after
  }

  add(sign: Sign): void {
    if (!this.#waiter) {
      if (this.#kept.length < mostKept) this.#kept.push(sign)
    } else if (this.#waiter(sign)) this.#waiter = null
  }

  /**
   * Waits for a sign, looking at those that have come since the last one first. One caller at a time.
   * @param read returns what it makes of a sign; undefined for one that says nothing.
   * @param deadline milliseconds.
   * @returns null if no sign says anything in time.
   */
  async wait<Value>(read: (sign: Sign) => Value | undefined, deadline: number): Promise<Value | null> {
    for (let sign = this.#kept.shift(); sign !== undefined; sign = this.#kept.shift()) {
      const value = read(sign)
      if (value !== undefined) return value
    }
    return new Promise(resolve => {
      const cancel = this.#after(deadline, () => {
        this.#waiter = null
        resolve(null)
      })
      this.#waiter = sign => {
        const value = read(sign)
        if (value === undefined) return false
        cancel()
        resolve(value)
        return true
      }
    })
  }
}
