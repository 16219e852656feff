/** How often something may happen: so many times at once, then once in each interval (GCRA, ITU-T I.371). */
export class Budget {
  readonly #burst: number
  readonly #interval: number
  /** When the whole burst is there again. */
  #restedAt = -Infinity

  /** @param interval milliseconds. */
  constructor(burst: number, interval: number) {
    this.#burst = burst
    this.#interval = interval
  }

  /** @param now milliseconds by a clock that is never set back. @returns milliseconds until one more may be spent; 0 for at once. */
  wait(now: number): number {
    return Math.max(0, Math.max(now, this.#restedAt) + (1 - this.#burst) * this.#interval - now)
  }

  spend(now: number): void {
    this.#restedAt = Math.max(now, this.#restedAt) + this.#interval
  }
}
