/** Slows down who makes what stays (claims names, opens rooms) without end: a class may come at once, a flood may not. */
import { isLoopbackAddress } from '../broker/socket.ts'
import { ByAddress } from './by-address.ts'

/** How much one address may make at once: a class behind one access point. */
const burst = 60
/** Milliseconds until it may be one more. */
const interval = 30_000

export interface AddressRate {
  /**
   * Counts one from this address; this computer's own are not held to it: its programs are trusted, and a proxy speaks for everybody.
   * @returns 0, or how long it has to wait; milliseconds.
   */
  take(address: string): number
}

/** @param now the clock, in milliseconds; one that is never set back. */
export const createAddressRate = (now: () => number): AddressRate => {
  /** When an address may make a whole burst again. */
  const restedAt = new ByAddress<number>()

  return {
    take: address => {
      if (isLoopbackAddress(address)) return 0
      const next = Math.max(now(), restedAt.get(address) ?? 0) + interval
      const wait = next - burst * interval - now()
      if (wait > 0) return wait
      restedAt.set(address, next)
      return 0
    },
  }
}
