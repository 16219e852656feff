/** How long to wait before the next attempt to connect. */

/** Milliseconds; bounds the delay after a long outage. */
const first = 1000
const longest = 30_000
/** Milliseconds; a server that drops all clients at once is not contacted again in the same instant. */
const shortest = 500

/**
 * Exponential back-off with full jitter, so that clients do not reconnect in step after a restart of the server.
 * @param attempt attempts that failed in a row, from 1.
 * @param random from 0 up to 1.
 * @returns milliseconds.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const backOff = (attempt: number, random: number): number =>
  Math.round(shortest + random * (Math.min(longest, first * 2 ** Math.min(attempt - 1, 30)) - shortest))
