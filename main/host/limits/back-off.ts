/** Slows down guessing of the passcode without locking out known people (decision 11). */
import { networkOf } from '../../broker/quotas/address-group.ts'
import { Budget } from './budget.ts'
import { Recent } from './recent.ts'

/** Wrong passcodes of one guesser without a wait: people mistype. */
const freeFailures = 5
/** The wait after the first counted failure, in milliseconds; doubles with each further one. */
const firstWait = 1_000
const longestWait = 60_000
/** A guesser's failures are forgotten after this many milliseconds without one. */
const forgottenAfter = 15 * 60_000

/**
 * Wrong passcodes allowed to all strangers together, and to all known people together: enough for a class that mistypes
 * three times; then 2,880 a day.
 */
const sharedBurst = 100
const sharedInterval = 30_000

/** The source of a passcode attempt. */
export interface Guesser {
  /** IP address. */
  address: string
  /** The person who owns the device key given with it; null for a stranger. */
  personId: string | null
}

/** Failures by guesser: a known person, or for strangers the address (for IPv6 its /64). */
export interface BackOff {
  /** @returns how long this guesser has to wait before the next attempt, in milliseconds; 0 for no wait. */
  wait(guesser: Guesser): number
  failed(guesser: Guesser): void
  succeeded(guesser: Guesser): void
}

interface Failures {
  count: number
  /** Time of the last failure. Milliseconds. */
  last: number
}

/** A group of guessers that share one budget, so that they can lock out only each other. */
class Pool {
  readonly #now: () => number
  readonly #failures = new Recent<Failures>()
  readonly #shared = new Budget(sharedBurst, sharedInterval)

  constructor(now: () => number) {
    this.#now = now
  }

  wait(key: string): number {
    const now = this.#now()
    return Math.max(this.#ownWait(key, now), this.#shared.wait(now))
  }

  failed(key: string): void {
    const last = this.#now()
    this.#failures.set(key, { count: (this.#recall(key, last)?.count ?? 0) + 1, last })
    this.#shared.spend(last)
  }

  succeeded(key: string): void {
    this.#failures.delete(key)
  }

  #ownWait(key: string, now: number): number {
    const known = this.#recall(key, now)
    if (!known || known.count < freeFailures) return 0
    const wait = Math.min(longestWait, firstWait * 2 ** (known.count - freeFailures))
    return Math.max(0, known.last + wait - now)
  }

  #recall(key: string, now: number): Failures | undefined {
    const known = this.#failures.get(key)
    return known && now - known.last < forgottenAfter ? known : undefined
  }
}

/** @param now a monotonic clock, in milliseconds. */
export const createBackOff = (now: () => number): BackOff => {
  const [strangers, known] = [new Pool(now), new Pool(now)]
  const of = ({ address, personId }: Guesser): [Pool, string] =>
    personId === null ? [strangers, networkOf(address)] : [known, personId]

  return {
    wait: guesser => {
      const [pool, key] = of(guesser)
      return pool.wait(key)
    },
    failed: guesser => {
      const [pool, key] = of(guesser)
      pool.failed(key)
    },
    succeeded: guesser => {
      const [pool, key] = of(guesser)
      pool.succeeded(key)
    },
  }
}
