/**
 * The checked work of a frame, with everything reserved for which the broker could refuse it. So all frames of a transaction are checked
 * before the first one runs.
 */
export interface Work {
  /** Runs it; only the application can still refuse it. */
  readonly run: () => Promise<void> | void
  /** Releases what is reserved, instead of running it. */
  readonly release: () => void
}

/** A function that does nothing, for work that reserves nothing. */
export const nothing = (): void => undefined
