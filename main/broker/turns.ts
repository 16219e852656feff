import type { Clock } from './clock.ts'

/** How many times the turns of the others who rest: those who want more than a turn get half of the time together, and the rest find room. */
const restFactor = 2
/** Milliseconds: a turn may have been long because the whole computer was busy. */
const longestRest = 2_000

/**
 * Shares the broker's time. A frame costs from microseconds to tens of milliseconds, so that no count of frames is fair: who has had a
 * turn rests until the others who rest can have had theirs.
 */
export class Turns {
  readonly #clock: Clock
  #resting = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * @param took milliseconds of the turn that has ended; 0 to let the others have only the rest of this turn of the event loop.
   * @param goOn is called when the next one may begin.
   */
  rest(took: number, goOn: () => void): void {
    const others = this.#resting++
    const run = (): void => {
      this.#resting--
      goOn()
    }
    const rest = Math.min(longestRest, restFactor * took * others)
    if (rest === 0) setImmediate(run)
    else this.#clock.after(rest, run)
  }
}
