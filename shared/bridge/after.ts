/** Calls `run` once after `delay` milliseconds. @returns what takes it back. */
export type After = (delay: number, run: () => void) => () => void
