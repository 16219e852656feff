import { addressGroup } from './address-group.ts'
import type { ActiveLimits } from '../options/limits.ts'

/** The origin of a connection. */
export interface Origin {
  /** IP address. */
  readonly address: string
  /** Whether it is this computer. */
  readonly loopback: boolean
}

/** Counts connections: from the network, from this computer, and by address (see {@link addressGroup}). */
export class ConnectionQuota {
  readonly #limits: ActiveLimits
  readonly #factor: number
  readonly #perAddress = new Map<string, number>()
  #network = 0
  #loopback = 0

  /** @param factor a multiplier of the limits. */
  constructor(limits: ActiveLimits, factor = 1) {
    this.#limits = limits
    this.#factor = factor
  }

  /** Counts one more; call {@link leave} for it, even when the quota is full. @returns the quota that is full, or null. */
  take({ address, loopback }: Origin): 'broker' | 'address' | null {
    const { connections, connectionsPerAddress, connectionsPerLoopback } = this.#limits
    const group = addressGroup(address)
    const sameAddress = (this.#perAddress.get(group) ?? 0) + 1
    this.#perAddress.set(group, sameAddress)
    const all = loopback ? ++this.#loopback : ++this.#network
    if (all > connections * this.#factor) return 'broker'
    const most = loopback ? connectionsPerLoopback : connectionsPerAddress
    return sameAddress > most * this.#factor ? 'address' : null
  }

  leave({ address, loopback }: Origin): void {
    if (loopback) this.#loopback--
    else this.#network--
    const group = addressGroup(address)
    const left = (this.#perAddress.get(group) ?? 1) - 1
    if (left > 0) this.#perAddress.set(group, left)
    else this.#perAddress.delete(group)
  }
}
