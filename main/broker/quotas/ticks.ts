/** Milliseconds that all heavy connections share in each tick of the event loop. */
const budget = 5

/**
 * Divides the broker's time. A frame costs anything from microseconds to tens of milliseconds, so a count of frames would not be fair.
 * Heavy connections share {@link budget} ms of each tick, round robin. Light connections run in between, and idle time is used by
 * whichever connection has work.
 */
export class Ticks {
  #left = budget
  #scheduled = false
  /** Heavy connections that wait for a tick, in order of arrival. */
  #waiting: (() => boolean)[] = []

  /** Whether heavy connections have used up this tick's budget. */
  get exhausted(): boolean {
    return this.#left <= 0
  }

  /** @param milliseconds that a heavy connection has used. */
  spend(milliseconds: number): void {
    this.#left -= milliseconds
    this.#schedule()
  }

  /**
   * Queues for a tick.
   * @param goOn is called in a later tick, in order of arrival. It returns whether its peer is being read again:
   *   everything from one read belongs to the same tick.
   */
  wait(goOn: () => boolean): void {
    this.#waiting.push(goOn)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(this.#next)
  }

  readonly #next = (): void => {
    this.#scheduled = false
    this.#left = budget
    const waiting = this.#waiting
    this.#waiting = []
    let goOn = waiting.shift()
    while (goOn && !goOn() && !this.exhausted) goOn = waiting.shift()
    // Connections that wait again go to the end of the line.
    this.#waiting = [...waiting, ...this.#waiting]
    if (this.#waiting.length > 0) this.#schedule()
  }
}
