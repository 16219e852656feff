/** Topics: their subscribers, and the delivery to all of them. */
import { Audience, type Listener } from './audience.ts'
import type { Publication } from '../frames/publication.ts'
import { isPattern, matcher } from './topic-pattern.ts'

/** Takes each message separately, such as the queue of a subscriber that acknowledges. */
export type Receiver = (publication: Publication) => void

/** A subscriber that has read the history before `offset` and continues with the message at it. */
interface Joiner {
  readonly offset: number
  readonly join: () => void
}

class Topic {
  readonly #audiences = new Map<string, Audience>()
  readonly #receivers = new Set<Receiver>()
  readonly #joiners = new Set<Joiner>()

  get empty(): boolean {
    return this.#audiences.size + this.#receivers.size + this.#joiners.size === 0
  }

  /** @returns a function that removes the listener. */
  add(listener: Listener | Receiver): () => void {
    if (typeof listener === 'function') {
      this.#receivers.add(listener)
      return () => void this.#receivers.delete(listener)
    }
    const { format, subscription } = listener
    // A missing id and an empty id differ.
    const key = subscription === null ? format.name : `${format.name} ${subscription}`
    const audience = this.#audiences.get(key) ?? new Audience(listener)
    this.#audiences.set(key, audience)
    audience.add(listener)
    return () => {
      audience.delete(listener)
      if (audience.size === 0) this.#audiences.delete(key)
    }
  }

  /** As {@link add}, from the message with this offset on: the listener has the earlier ones. */
  addFrom(offset: number, listener: Listener | Receiver): () => void {
    let leave = (): void => void this.#joiners.delete(joiner)
    const joiner = { offset, join: () => void (leave = this.add(listener)) }
    this.#joiners.add(joiner)
    return () => leave()
  }

  publish(publication: Publication): void {
    for (const joiner of this.#joiners) {
      if (publication.offset !== null && publication.offset < joiner.offset) continue
      this.#joiners.delete(joiner)
      joiner.join()
    }
    for (const audience of this.#audiences.values()) audience.send(publication)
    for (const receive of this.#receivers) receive(publication)
  }
}

/** The most destinations whose matching patterns are cached. */
const rememberedRoutes = 10_000

export class Topics {
  readonly #topics = new Map<string, Topic>()
  readonly #patterns = new Map<string, { topic: Topic; matches: (destination: string) => boolean }>()
  /** Patterns that match a destination; cleared when patterns are added or removed. */
  readonly #routes = new Map<string, readonly Topic[]>()

  /**
   * @param destination may contain the wildcards `*` and `#`.
   * @param from skips messages of a stream with a lower offset: the listener has them from the history.
   * @returns a function that ends the subscription.
   */
  subscribe(destination: string, listener: Listener | Receiver, from: number | null = null): () => void {
    const topic = this.#open(destination)
    const leave = from === null ? topic.add(listener) : topic.addFrom(from, listener)
    return () => {
      leave()
      if (topic.empty) this.#remove(destination, topic)
    }
  }

  publish(publication: Publication): void {
    this.#topics.get(publication.destination)?.publish(publication)
    if (this.#patterns.size === 0 || publication.byNameOnly) return
    for (const topic of this.#route(publication.destination)) topic.publish(publication)
  }

  /** @returns whether the destination has subscribers; with `byNameOnly`, wildcard subscriptions don't count. */
  hasListeners(destination: string, byNameOnly = false): boolean {
    if (this.#topics.has(destination)) return true
    return !byNameOnly && this.#patterns.size > 0 && this.#route(destination).length > 0
  }

  #open(destination: string): Topic {
    const present = this.#topics.get(destination) ?? this.#patterns.get(destination)?.topic
    if (present) return present
    const topic = new Topic()
    if (isPattern(destination)) {
      this.#patterns.set(destination, { topic, matches: matcher(destination) })
      this.#routes.clear()
    } else this.#topics.set(destination, topic)
    return topic
  }

  #remove(destination: string, topic: Topic): void {
    if (this.#topics.get(destination) === topic) this.#topics.delete(destination)
    if (this.#patterns.get(destination)?.topic !== topic) return
    this.#patterns.delete(destination)
    this.#routes.clear()
  }

  #route(destination: string): readonly Topic[] {
    const known = this.#routes.get(destination)
    if (known) return known
    const route = [...this.#patterns.values()]
      .filter(({ matches }) => matches(destination))
      .map(({ topic }) => topic)
    if (this.#routes.size >= rememberedRoutes) this.#routes.clear()
    this.#routes.set(destination, route)
    return route
  }
}
