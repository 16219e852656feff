/** Time, as a port, so that tests can control it. */
export interface Clock {
  /** Milliseconds of a monotonic clock. */
  now(): number
  /** Calls `run` repeatedly. @param interval milliseconds. @returns a function that stops it. */
  every(interval: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => performance.now(),
  every: (interval, run) => {
    const timer = setInterval(run, interval).unref()
    return () => clearInterval(timer)
  },
}
