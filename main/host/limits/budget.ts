/** A rate limit: a burst at once, then one in each interval (GCRA, ITU-T I.371). */
export class Budget {
  readonly #burst: number
  readonly #interval: number
  /** When the whole burst is available again. */
  #restedAt = -Infinity

  /** @param interval milliseconds. */
  constructor(burst: number, interval: number) {
    this.#burst = burst
    this.#interval = interval
  }

  /** @param now a monotonic time in milliseconds. @returns milliseconds until one more may be spent; 0 for at once. */
  wait(now: number): number {
    return Math.max(0, Math.max(now, this.#restedAt) + (1 - this.#burst) * this.#interval - now)
  }

  spend(now: number): void {
    this.#restedAt = Math.max(now, this.#restedAt) + this.#interval
  }
}
