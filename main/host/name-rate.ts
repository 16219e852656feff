/** Slows down who claims one name after the other: a class may come at once, a flood may not. */
import { ByAddress } from './by-address.ts'

/** Names that may be claimed from one address at once: a class behind one access point. */
const burst = 60
/** Milliseconds until it may be one more. */
const interval = 30_000

export interface NameRate {
  /** Counts a name that is claimed from this address. @returns 0, or how long that has to wait; milliseconds. */
  take(address: string): number
}

/** @param now the clock, in milliseconds; one that is never set back. */
export const createNameRate = (now: () => number): NameRate => {
  /** When an address may claim a whole burst again. */
  const restedAt = new ByAddress<number>()

  return {
    take: address => {
      const next = Math.max(now(), restedAt.get(address) ?? 0) + interval
      const wait = next - burst * interval - now()
      if (wait > 0) return wait
      restedAt.set(address, next)
      return 0
    },
  }
}
