/** Time, so that tests may own it. */
export interface Clock {
  /** Milliseconds by a clock that is never set back. */
  now(): number
  /** Calls again and again. @param interval milliseconds. @returns what ends it. */
  every(interval: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  every: (interval, run) => {
    const timer = setInterval(run, interval).unref()
    return () => clearInterval(timer)
  },
}
