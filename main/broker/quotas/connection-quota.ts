import { addressGroup } from './address-group.ts'
import type { ActiveLimits } from '../options/limits.ts'

/** Where somebody comes from. */
export interface Origin {
  /** IP address. */
  readonly address: string
  /** Whether it is this computer. */
  readonly loopback: boolean
}

/** Counts who is there, of the network and of this computer each for itself, and by address (see {@link addressGroup}). */
export class Places {
  readonly #limits: ActiveLimits
  readonly #times: number
  readonly #perAddress = new Map<string, number>()
  #network = 0
  #loopback = 0

  /** @param times how many times the limits there may be. */
  constructor(limits: ActiveLimits, times = 1) {
    this.#limits = limits
    this.#times = times
  }

  /** Counts one more; it has to {@link leave}, also where it is told that there are too many. @returns what is full; null for nothing. */
  take({ address, loopback }: Origin): 'broker' | 'address' | null {
    const { connections, connectionsPerAddress, connectionsPerLoopback } = this.#limits
    const group = addressGroup(address)
    const sameAddress = (this.#perAddress.get(group) ?? 0) + 1
    this.#perAddress.set(group, sameAddress)
    const all = loopback ? ++this.#loopback : ++this.#network
    if (all > connections * this.#times) return 'broker'
    const most = loopback ? connectionsPerLoopback : connectionsPerAddress
    return sameAddress > most * this.#times ? 'address' : null
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
