import { Batch } from '../transport/batch.ts'
import type { Outbound } from '../transport/outbound.ts'
import type { Publication } from '../frames/publication.ts'
import type { WireFormat } from '../frames/wire-format.ts'

/** A subscriber that gets every message once, without acknowledgement. */
export interface Listener {
  readonly outbound: Outbound
  readonly format: WireFormat
  /** Id of its subscription; null if a 1.0 peer gave none. */
  readonly subscription: string | null
}

/** Listeners with the same format and subscription id: they get the same bytes, so a message is encoded once for all. */
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

  /** Skips the encoding where all listeners are about to be disconnected: they may have very many subscriptions. */
  #isHeard(): boolean {
    for (const { outbound } of this.#listeners) if (!outbound.ended) return true
    return false
  }

  /** A batch only goes to listeners that were subscribed from its first frame to its last. */
  #seal(): void {
    if (this.#batch) this.#batch.open = false
    this.#batch = null
  }
}
