/** Topics: who listens where, and the way of a publication to all of them. */
import { Audience, type Listener } from './audience.ts'
import type { Publication } from '../frames/publication.ts'
import { isPattern, matcher } from './topic-pattern.ts'

/** Takes every message for itself, such as the queue of a subscriber that confirms. */
export type Receiver = (publication: Publication) => void

/** One who has read the history up to `offset` and joins with the message that has it. */
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

  /** @returns what takes the listener out again. */
  add(listener: Listener | Receiver): () => void {
    if (typeof listener === 'function') {
      this.#receivers.add(listener)
      return () => void this.#receivers.delete(listener)
    }
    const { format, subscription } = listener
    // No id and an empty one are two things.
    const key = subscription === null ? format.name : `${format.name} ${subscription}`
    const audience = this.#audiences.get(key) ?? new Audience(listener)
    this.#audiences.set(key, audience)
    audience.add(listener)
    return () => {
      audience.delete(listener)
      if (audience.size === 0) this.#audiences.delete(key)
    }
  }

  /** The same, from the message with this offset on: the listener has those before it already. */
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

/** Most destinations whose way to the patterns is remembered. */
const rememberedRoutes = 10_000

export class Topics {
  readonly #topics = new Map<string, Topic>()
  readonly #patterns = new Map<string, { topic: Topic; matches: (destination: string) => boolean }>()
  /** Which patterns a destination matches; forgotten when patterns come or go. */
  readonly #routes = new Map<string, readonly Topic[]>()

  /**
   * @param destination may hold the wildcards `*` and `#`.
   * @param from where given, messages of a stream with a lower offset are left out: the listener has them from its history.
   * @returns what ends the listening.
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

  /** @returns whether anybody listens to the destination, by its name or, unless that does not count, by a wildcard. */
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
