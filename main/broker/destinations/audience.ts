import { Batch } from '../transport/batch.ts'
import type { Outbound } from '../transport/outbound.ts'
import type { Publication } from '../frames/publication.ts'
import type { WireFormat } from '../frames/wire-format.ts'

/** A subscriber that gets every message once and confirms none. */
export interface Listener {
  readonly outbound: Outbound
  readonly format: WireFormat
  /** Id of its subscription; null for a 1.0 peer that gave none. */
  readonly subscription: string | null
}

/** Listeners that get the same bytes: same format, same subscription id. A message is encoded once for all of them. */
export class Audience {
  readonly #format: WireFormat
  readonly #subscription: string | null
  readonly #listeners = new Set<Listener>()
  #batch: Batch | null = null

  constructor({ format, subscription }: Listener) {
    this.#format = format
    this.#subscription = subscription
  }

  get size(): number {
    return this.#listeners.size
  }

  add(listener: Listener): void {
    this.#listeners.add(listener)
    this.#seal()
  }

  delete(listener: Listener): void {
    this.#listeners.delete(listener)
    this.#seal()
  }

  send(publication: Publication): void {
    if (!this.#isHeard()) return
    const frame = publication.encode(this.#format, this.#subscription)
    if (this.#batch?.open) {
      this.#batch.add(frame)
      return
    }
    const batch = (this.#batch = new Batch(frame))
    for (const listener of this.#listeners) listener.outbound.push(batch)
  }

  /** For those who are about to be cut nothing is encoded: they may have very many subscriptions. */
  #isHeard(): boolean {
    for (const { outbound } of this.#listeners) if (!outbound.ended) return true
    return false
  }

  /** A batch goes to those who listened from its first frame to its last. */
  #seal(): void {
    if (this.#batch) this.#batch.open = false
    this.#batch = null
  }
}
