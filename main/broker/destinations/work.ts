/**
 * The checked work of a frame, with everything reserved that the broker could run out of. This lets a transaction check
 * all frames before it runs the first one.
 */
export interface Work {
  /** Runs it; only the application can still refuse it. */
  readonly run: () => Promise<void> | void
  /** Releases the reservations, instead of running it. */
  readonly release: () => void
}

/** A function that does nothing, for work that reserves nothing. */
export const nothing = (): void => undefined
