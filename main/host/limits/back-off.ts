/** Slows down guessing of a passcode without locking out people whom the host knows (decision 11). */
import { networkOf } from '../../broker/quotas/address-group.ts'
import { Budget } from './budget.ts'
import { Recent } from './recent.ts'

/** Wrong passcodes of one guesser that cost nothing: people mistype. */
const freeFailures = 5
/** Milliseconds after the first wrong one that is not free; doubles with each further one. */
const firstWait = 1_000
const longestWait = 60_000
/** The failures of a guesser are forgotten after so many milliseconds without one. */
const forgottenAfter = 15 * 60_000

/** Wrong passcodes of all strangers together, and of all known people together: a class that mistypes thrice, then 2,880 a day. */
const sharedBurst = 100
const sharedInterval = 30_000

/** Where a passcode comes from. */
export interface Guesser {
  /** IP address. */
  address: string
  /** The person whose device key came with it; null for a stranger. */
  personId: string | null
}

/** Wrong passcodes by guesser: a known person, or for strangers the address (of IPv6 its /64). */
export interface BackOff {
  /** @returns milliseconds that this guesser has to wait before the next try; 0 for none. */
  wait(guesser: Guesser): number
  failed(guesser: Guesser): void
  succeeded(guesser: Guesser): void
}

interface Failures {
  count: number
  /** When the last one was. Milliseconds. */
  last: number
}

/** Guessers who can lock out each other, and nobody else. */
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

/** @param now the clock, in milliseconds; one that is never set back. */
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
