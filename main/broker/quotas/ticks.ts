/** Milliseconds of each turn of the event loop for those who take much, together. */
const together = 5

/**
 * Shares the broker's time. A frame costs from microseconds to tens of milliseconds, so that no count of frames is fair: those who take
 * much go on one after the other, a little in each turn of the event loop, however many they are. Whoever takes little comes in between,
 * and where nobody does, no time is left unused.
 */
export class Turns {
  #left = together
  #scheduled = false
  /** Those who take much and wait, in the order in which they came. */
  #waiting: (() => boolean)[] = []

  /** Whether those who take much have had their part of this turn. */
  get over(): boolean {
    return this.#left <= 0
  }

  /** @param milliseconds that one who takes much has had. */
  spend(milliseconds: number): void {
    this.#left -= milliseconds
    this.#schedule()
  }

  /**
   * @param goOn is called in a later turn, when those who came before have had theirs. It returns whether its peer is read again: what
   *   that brings is work for the same turn, as much as a socket reads at once.
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
    this.#left = together
    const waiting = this.#waiting
    this.#waiting = []
    let goOn = waiting.shift()
    while (goOn && !goOn() && !this.over) goOn = waiting.shift()
    // Those who wait again come last.
    this.#waiting = [...waiting, ...this.#waiting]
    if (this.#waiting.length > 0) this.#schedule()
  }
}
