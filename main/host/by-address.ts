import { addressGroup } from '../broker/address-group.ts'

/** Addresses remembered at once. */
const maxAddresses = 4_096

/** What is remembered of IP addresses, those of an IPv6 network (/64) as one; where there are too many, the one set longest ago is forgotten. */
export class ByAddress<Value> {
  /** In the order in which they were set. */
  readonly #values = new Map<string, Value>()

  get(address: string): Value | undefined {
    return this.#values.get(addressGroup(address))
  }

  set(address: string, value: Value): void {
    this.delete(address)
    this.#values.set(addressGroup(address), value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > maxAddresses && oldest !== undefined) this.#values.delete(oldest)
  }

  delete(address: string): void {
    this.#values.delete(addressGroup(address))
  }
}
