/** How long to wait before the next attempt to connect. */

/** Milliseconds; the longest wait keeps a lunch break's outage from costing minutes afterwards. */
const first = 1000
const longest = 30_000
/** Milliseconds; so that a server that drops everybody at once is not asked again in the same instant. */
const shortest = 250

/**
 * Exponential with full jitter, so that everybody whom a restart threw out does not come back in step.
 * @param attempt attempts that failed in a row, from 1.
 * @param random from 0 up to 1.
 * @returns milliseconds.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backOff = (attempt: number, random: number): number =>
  Math.round(shortest + random * (Math.min(longest, first * 2 ** Math.min(attempt - 1, 30)) - shortest))
