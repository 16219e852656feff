import type { Context } from './context.ts'
import type { Client } from '../options/hooks.ts'
import { nothing } from '../destinations/work.ts'

/** One SUBSCRIBE. */
export interface Subscription {
  readonly id: string | null
  readonly destination: string
  readonly cancel: () => void
  /** The name of the durable subscription that it reads. */
  readonly durable?: string | undefined
  /** The application has ended it; it stays until the peer takes note. */
  readonly ended?: true
  /** The peer has it for the answers to its `reply-to`. */
  readonly unasked?: true
}

/** Whose subscriptions they are. */
export interface SubscriptionsOwner {
  readonly client: Client | null
  readonly context: Context
}

/** What one peer listens to: by id; a 1.0 subscription without one by its destination. The application is told of each. */
export class Subscriptions {
  readonly #byKey = new Map<string, Subscription>()
  readonly #owner: SubscriptionsOwner

  constructor(owner: SubscriptionsOwner) {
    this.#owner = owner
  }

  get size(): number {
    return this.#byKey.size
  }

  get(key: string): Subscription | undefined {
    return this.#byKey.get(key)
  }

  /** @returns one to exactly this destination that delivers. */
  to(destination: string): Subscription | undefined {
    for (const subscription of this.#byKey.values())
      if (subscription.destination === destination && !subscription.ended) return subscription
    return undefined
  }

  /** @returns the destination of each that delivers. */
  destinations(): string[] {
    return [...this.#byKey.values()].flatMap(({ destination, ended }) => (ended ? [] : destination))
  }

  /** Takes in a new one; what was there by its key has ended. */
  add(key: string, subscription: Subscription): void {
    this.#byKey.set(key, subscription)
    const { client, context } = this.#owner
    if (client) context.hooks.subscribed?.(client, subscription.destination)
  }

  /** Ends one. @returns whether there is one of that key. */
  remove(key: string): boolean {
    const subscription = this.#byKey.get(key)
    if (!subscription) return false
    this.#byKey.delete(key)
    this.#end(subscription)
    return true
  }

  /** Ends some at once; they stay, so that the peer's UNSUBSCRIBE finds them. */
  end(matches: (destination: string) => boolean): void {
    for (const [key, subscription] of this.#byKey) {
      if (subscription.ended || !matches(subscription.destination)) continue
      this.#byKey.set(key, { ...subscription, cancel: nothing, ended: true })
      this.#end(subscription)
    }
  }

  /** The peer is gone. */
  clear(): void {
    const all = [...this.#byKey.values()]
    this.#byKey.clear()
    for (const subscription of all) this.#end(subscription)
  }

  #end({ cancel, destination, ended }: Subscription): void {
    cancel()
    const { client, context } = this.#owner
    if (client && !ended) context.hooks.unsubscribed?.(client, destination)
  }
}
