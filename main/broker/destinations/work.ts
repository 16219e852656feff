/**
 * What a frame is to do, checked already: whatever the broker itself could refuse it for is held for it. So the frames of a transaction
 * can be checked, all of them, before the first is carried out.
 */
export interface Work {
  /** Carries it out; nobody but the application can refuse it still. */
  readonly run: () => Promise<void> | void
  /** Gives back what is held, instead. */
  readonly release: () => void
}

/** For work that holds nothing, and the like. */
export const nothing = (): void => undefined
