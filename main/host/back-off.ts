/** Slows down who guesses: after some failures an address has to wait, longer each time. */
import { addressGroup } from '../broker/address-group.ts'

/** Failures that cost nothing: people mistype. */
const freeFailures = 5
/** Milliseconds after the first failure that is not free; doubles with each further one. */
const firstWait = 1_000
const longestWait = 60_000
/** An address that has not failed for this long starts anew. Milliseconds. */
const forgottenAfter = 15 * 60_000
/** Addresses remembered at once; beyond, the one that failed longest ago is forgotten. */
const maxAddresses = 4_096

interface Failures {
  count: number
  /** Milliseconds since the epoch. */
  last: number
}

/** Failed attempts by IP address; those of an IPv6 network (/64) are one. */
export interface BackOff {
  /** @returns milliseconds that this address has to wait before it may try again; 0 where it may now. */
  wait(address: string): number
  failed(address: string): void
  succeeded(address: string): void
}

/** @param now the clock, in milliseconds since the epoch. */
export const createBackOff = (now: () => number): BackOff => {
  /** In order of the last failure, oldest first. */
  const failures = new Map<string, Failures>()

  const recall = (group: string): Failures | undefined => {
    const known = failures.get(group)
    if (known && now() - known.last < forgottenAfter) return known
    failures.delete(group)
    return undefined
  }

  return {
    wait: address => {
      const known = recall(addressGroup(address))
      if (!known || known.count < freeFailures) return 0
      const wait = Math.min(longestWait, firstWait * 2 ** (known.count - freeFailures))
      return Math.max(0, known.last + wait - now())
    },
    failed: address => {
      const group = addressGroup(address)
      const count = (recall(group)?.count ?? 0) + 1
      failures.delete(group)
      failures.set(group, { count, last: now() })
      const [oldest] = failures.keys()
      if (failures.size > maxAddresses && oldest !== undefined) failures.delete(oldest)
    },
    succeeded: address => void failures.delete(addressGroup(address)),
  }
}
