import type { Context } from './context.ts'
import type { Client } from '../options/hooks.ts'
import { nothing } from '../destinations/work.ts'

/** One subscription of a peer. */
export interface Subscription {
  readonly id: string | null
  readonly destination: string
  readonly cancel: () => void
  /** The name of the durable subscription that it reads. */
  readonly durable?: string | undefined
  /** Ended by the application; kept until the peer's UNSUBSCRIBE. */
  readonly ended?: true
  /** Created by the broker for the answers to the peer's `reply-to`. */
  readonly unasked?: true
}

/** The connection that owns the subscriptions. */
export interface SubscriptionsOwner {
  readonly client: Client | null
  readonly context: Context
}

/** The subscriptions of one peer, by id (a 1.0 subscription without an id by its destination). Tells the application about each. */
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

  /** @returns an active subscription to exactly this destination. */
  to(destination: string): Subscription | undefined {
    for (const subscription of this.#byKey.values())
      if (subscription.destination === destination && !subscription.ended) return subscription
    return undefined
  }

  /** @returns the destinations of the active subscriptions. */
  destinations(): string[] {
    return [...this.#byKey.values()].flatMap(({ destination, ended }) => (ended ? [] : destination))
  }

  /** Adds a subscription; an earlier one with the same key has ended. */
  add(key: string, subscription: Subscription): void {
    this.#byKey.set(key, subscription)
    const { client, context } = this.#owner
    if (client) context.hooks.subscribed?.(client, subscription.destination)
  }

  /** Ends a subscription. @returns false if the key is unknown. */
  remove(key: string): boolean {
    const subscription = this.#byKey.get(key)
    if (!subscription) return false
    this.#byKey.delete(key)
    this.#end(subscription)
    return true
  }

  /** Ends matching subscriptions at once, but keeps them so that the peer's UNSUBSCRIBE finds them. */
  end(matches: (destination: string) => boolean): void {
    for (const [key, subscription] of this.#byKey) {
      if (subscription.ended || !matches(subscription.destination)) continue
      this.#byKey.set(key, { ...subscription, cancel: nothing, ended: true })
      this.#end(subscription)
    }
  }

  /** Ends all subscriptions. */
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
