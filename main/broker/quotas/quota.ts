/**
 * Quotas for everything that peers leave in the broker: counts of queues, streams and durable subscriptions, and the
 * bytes in them.
 */

/** A peer, as its quotas are counted. */
export interface Payer {
  /** Payers of one group share a quota. */
  readonly group: string
  /**
   * Whether the peer is on this computer. All local peers share a part of the total, because one program there can have
   * any number of groups.
   */
  readonly isLocal: boolean
  /** See {@link import('../options/hooks.ts').BrokerHooks.hasReserve}. */
  readonly hasReserve: boolean
}

/** The limits of one kind: counts or bytes. */
export interface Quota {
  /** In the whole broker. */
  readonly all: number
  /** Of one {@link Payer.group}. */
  readonly perPerson: number
}

/** Current use, in the same unit as the quota. */
interface Taken {
  all: number
  /** By the payer's group. */
  group: number
  /** By all peers on this computer. */
  local: number
}

/** The part of the total that anybody may use; the rest is the reserve. */
const openToAll = 0.9
/** The part of the total that all peers on this computer may use together. */
const openToLocal = 0.5

/** @returns the limit for everybody without the reserve, and for all peers on this computer together. */
export const partsOf = ({ all }: Pick<Quota, 'all'>): { everybody: number; local: number } => ({
  everybody: Math.ceil(all * openToAll),
  local: Math.ceil(all * openToLocal),
})

/**
 * @param payer takes `more`; null for the application. The application and payers with the reserve are only limited by
 *   the total.
 * @returns whether there is room for `more`.
 */
const fits = (taken: Taken, more: number, payer: Payer | null, quota: Quota): boolean => {
  const total = taken.all + more
  if (payer === null || payer.hasReserve) return total <= quota.all
  const { everybody, local } = partsOf(quota)
  const isWithinLocal = !payer.isLocal || taken.local + more <= local
  return total <= everybody && taken.group + more <= quota.perPerson && isWithinLocal
}

/**
 * @param opened the existing ones.
 * @param payer creates one more; null for the application.
 * @returns whether there is no room for it.
 */
export const isFull = (
  opened: Iterable<{ readonly payer: Payer | null }>,
  payer: Payer | null,
  quota: Quota,
): boolean => {
  const taken = { all: 0, group: 0, local: 0 }
  for (const other of opened) {
    taken.all++
    if (payer !== null && other.payer?.group === payer.group) taken.group++
    if (other.payer?.isLocal) taken.local++
  }
  return !fits(taken, 1, payer, quota)
}

/** Bytes that several queues may hold in total. */
export interface Budget {
  /**
   * Takes bytes from the budget. @param payer whose quota pays; null for the application. @returns false, taking none,
   * if too few are left.
   */
  take(bytes: number, payer: Payer | null): boolean
  /** @param payer whose quota paid. */
  giveBack(bytes: number, payer: Payer | null): void
}

/** Bytes that all payers hold together. Each has a share, so that no payer can take everything. */
export class SharedBytes implements Budget {
  readonly #quota: Quota
  /** Bytes by {@link Payer.group}; groups without any are left out. */
  readonly #byGroup = new Map<string, number>()
  #all = 0
  #local = 0

  constructor(quota: Quota) {
    this.#quota = quota
  }

  take(bytes: number, payer: Payer | null): boolean {
    const group = payer === null ? 0 : (this.#byGroup.get(payer.group) ?? 0)
    if (!fits({ all: this.#all, group, local: this.#local }, bytes, payer, this.#quota)) return false
    this.#change(bytes, payer)
    return true
  }

  giveBack(bytes: number, payer: Payer | null): void {
    this.#change(-bytes, payer)
  }

  #change(bytes: number, payer: Payer | null): void {
    this.#all += bytes
    if (payer === null) return
    if (payer.isLocal) this.#local += bytes
    const held = (this.#byGroup.get(payer.group) ?? 0) + bytes
    if (held > 0) this.#byGroup.set(payer.group, held)
    else this.#byGroup.delete(payer.group)
  }
}
