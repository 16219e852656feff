/** Slows down who guesses: after some failures an address has to wait, longer each time. */
import { ByAddress } from './by-address.ts'

/** Failures that cost nothing: people mistype. */
const freeFailures = 5
/** Milliseconds after the first failure that is not free; doubles with each further one. */
const firstWait = 1_000
const longestWait = 60_000
/** An address that has not failed for this long starts anew. Milliseconds. */
const forgottenAfter = 15 * 60_000

interface Failures {
  count: number
  /** When the last one was. Milliseconds. */
  last: number
}

/** Failed attempts by IP address; those of an IPv6 network (/64) are one. */
export interface BackOff {
  /** @returns milliseconds that this address has to wait before it may try again; 0 where it may now. */
  wait(address: string): number
  failed(address: string): void
  succeeded(address: string): void
}

/** @param now the clock, in milliseconds; one that is never set back. */
export const createBackOff = (now: () => number): BackOff => {
  const failures = new ByAddress<Failures>()

  const recall = (address: string): Failures | undefined => {
    const known = failures.get(address)
    if (known && now() - known.last < forgottenAfter) return known
    failures.delete(address)
    return undefined
  }

  return {
    wait: address => {
      const known = recall(address)
      if (!known || known.count < freeFailures) return 0
      const wait = Math.min(longestWait, firstWait * 2 ** (known.count - freeFailures))
      return Math.max(0, known.last + wait - now())
    },
    failed: address => {
      const count = (recall(address)?.count ?? 0) + 1
      failures.set(address, { count, last: now() })
    },
    succeeded: address => failures.delete(address),
  }
}
