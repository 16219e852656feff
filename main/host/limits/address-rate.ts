/** How fast one address may make things that stay (names, rooms): a class may come at once, a flood may not. */
import { networkOf } from '../../broker/quotas/address-group.ts'
import { isLoopbackAddress } from '../../broker/transport/socket.ts'
import { Budget } from './budget.ts'
import { Recent } from './recent.ts'

/** How much one address may make at once: a class behind one access point. */
const burst = 60
/** Milliseconds until it may be one more. */
const interval = 30_000

export interface AddressRate {
  /**
   * Counts one from this address, or from its IPv6 network. This computer's own programs are exempt: they are trusted, and a proxy
   * speaks for everybody.
   * @returns 0, or how long it has to wait; milliseconds.
   */
  take(address: string): number
}

/** @param now the clock, in milliseconds; one that is never set back. */
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
