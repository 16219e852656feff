import type { ActiveLimits } from './limits.ts'

/** Where somebody comes from. */
export interface Origin {
  /** IP address. */
  readonly address: string
  /** Whether it is this computer. */
  readonly loopback: boolean
}

/** Counts who is there, of the network and of this computer each for itself, and by address. */
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
    const sameAddress = (this.#perAddress.get(address) ?? 0) + 1
    this.#perAddress.set(address, sameAddress)
    const all = loopback ? ++this.#loopback : ++this.#network
    if (all > connections * this.#times) return 'broker'
    const most = loopback ? connectionsPerLoopback : connectionsPerAddress
    return sameAddress > most * this.#times ? 'address' : null
  }

  leave({ address, loopback }: Origin): void {
    if (loopback) this.#loopback--
    else this.#network--
    const left = (this.#perAddress.get(address) ?? 1) - 1
    if (left > 0) this.#perAddress.set(address, left)
    else this.#perAddress.delete(address)
  }
}
