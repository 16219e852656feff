/**
 * Limits how fast one address may make lasting things (names, rooms): enough for a class at once, but not for a flood.
 */
import { networkOf } from '../../broker/quotas/address-group.ts'
import { isLoopbackAddress } from '../../broker/transport/socket.ts'
import { Budget } from './budget.ts'
import { Recent } from './recent.ts'

/** How many one address may make at once: a class behind one access point. */
const burst = 60
/** Milliseconds until one more is allowed. */
const interval = 30_000

export interface AddressRate {
  /**
   * Counts one for this address (for IPv6, its network). This computer's own programs are exempt: they are trusted, and
   * a proxy acts for everybody.
   * @returns 0 if it is allowed, else how long to wait; milliseconds.
   */
  take(address: string): number
}

/** @param now a monotonic clock, in milliseconds. */
export const createAddressRate = (now: () => number): AddressRate => {
  const budgets = new Recent<Budget>()

  return {
    take: address => {
      if (isLoopbackAddress(address)) return 0
      const network = networkOf(address)
      const budget = budgets.get(network) ?? new Budget(burst, interval)
      const wait = budget.wait(now())
      if (wait > 0) return wait
      budget.spend(now())
      budgets.set(network, budget)
      return 0
    },
  }
}
