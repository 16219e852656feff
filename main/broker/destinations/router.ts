import type { Clock } from '../options/clock.ts'
import { destinationKind, type DestinationKind } from './destinations.ts'
import { DurableSubscriptions } from './durable-subscriptions.ts'
import type { StreamStore } from '../options/hooks.ts'
import type { Limits } from '../options/limits.ts'
import { MemoryStreams } from './memory-streams.ts'
import type { Payer } from '../quotas/quota.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import type { Publication } from '../frames/publication.ts'
import type { Queue } from './queue.ts'
import { Queues } from './queues.ts'
import { ReplyQueues } from './reply-queues.ts'
import { isPattern } from './topic-pattern.ts'
import { Topics } from './topics.ts'
import { nothing, type Work } from './work.ts'

/** Routes messages to the destinations of one broker. */
/** A queue or stream created by clients. */
export interface OpenedDestination {
  destination: string
  kind: 'queue' | 'stream'
  /** Number of waiting messages, or of entries in the history. */
  messages: number
  bytes: number
  /** Whether a client subscribes to it. */
  isRead: boolean
}

export class Router {
  readonly topics = new Topics()
  readonly queues: Queues
  readonly replyQueues: ReplyQueues
  readonly durables: DurableSubscriptions
  /** Histories requested by clients. */
  readonly #streams: MemoryStreams
  /** Histories kept by the application. */
  readonly #stored: StreamStore | null

  constructor(limits: Limits, stored: StreamStore | null, clock: Clock) {
    this.queues = new Queues(limits, clock)
    this.replyQueues = new ReplyQueues(limits)
    this.durables = new DurableSubscriptions(limits, this.topics, clock)
    this.#streams = new MemoryStreams(limits, destination => this.topics.hasListeners(destination, true))
    this.#stored = stored
  }

  /** @returns the store with the destination's history, or null. */
  historyOf(destination: string): StreamStore | null {
    if (this.#stored?.has(destination)) return this.#stored
    return this.#streams.has(destination) ? this.#streams : null
  }

  /**
   * Makes the destination keep a history, unless it does already or is a pattern.
   * @param payer for whom it counts; null for the application.
   * @returns a function that undoes this, as long as nothing was published.
   * @throws {ProtocolError} if there are too many, or the destination is a queue in use.
   */
  keepHistory(destination: string, payer: Payer | null): () => void {
    if (isPattern(destination) || this.historyOf(destination)) return nothing
    if (this.queues.uses(destination))
      throw new ProtocolError(
        'Not a stream',
        'This destination is already in use as a queue without a history.',
      )
    this.#streams.open(destination, payer)
    return () => void this.#streams.close(destination)
  }

  /** @returns the queues and streams that clients have created, largest first. */
  opened(): OpenedDestination[] {
    const queues = this.queues.list().map(([destination, { length, bytes, hasConsumers }]) => ({
      destination,
      kind: 'queue' as const,
      messages: length,
      bytes,
      isRead: hasConsumers,
    }))
    const streams = this.#streams.list().map(({ destination, entries, bytes }) => ({
      destination,
      kind: 'stream' as const,
      messages: entries,
      bytes,
      isRead: this.topics.hasListeners(destination, true),
    }))
    return [...queues, ...streams].sort((one, other) => other.bytes - one.bytes)
  }

  /** Deletes a queue or the history of a stream; the queue's consumers must be gone. @returns whether there was one. */
  remove(destination: string): boolean {
    return this.queues.remove(destination) || this.#streams.close(destination)
  }

  /**
   * Reserves everything that the delivery of a message needs.
   * @param payer whose quota pays for the message, and for a queue or stream that it opens; null for the application.
   * @param keepsHistory whether the sender asks for a history.
   * @returns the work that publishes it. @throws {ProtocolError} if a queue is full, or sending there is not allowed.
   */
  reserve(publication: Publication, kind: DestinationKind, payer: Payer | null, keepsHistory = false): Work {
    const { destination, offset } = publication
    const forget = keepsHistory ? this.keepHistory(destination, payer) : nothing
    if (kind === 'topic' || offset !== null || this.#streams.has(destination))
      return { run: () => this.#publishToTopic(publication), release: forget }
    if (kind === 'queue') return this.reserveIn(this.queues.open(destination, payer), publication, payer)
    if (kind === 'reply-queue') return this.#reserveReply(publication)
    throw new ProtocolError('Not allowed', `Messages can’t be sent to /${kind}/.`)
  }

  /** @throws {ProtocolError} as {@link reserve}. */
  publish(publication: Publication): void {
    void this.reserve(publication, destinationKind(publication.destination), null).run()
  }

  #publishToTopic(publication: Publication): void {
    if (publication.offset === null && this.#streams.has(publication.destination))
      publication.offset = this.#streams.append(publication.keep())
    this.topics.publish(publication)
  }

  /** A reply to a connection that has ended is dropped silently; a reply to a full queue is the requester's fault. */
  #reserveReply(publication: Publication): Work {
    const replyQueue = this.replyQueues.find(publication.destination)
    if (!replyQueue) return { run: nothing, release: nothing }
    const answer = publication.as(replyQueue.destination)
    return replyQueue.queue.reserve(answer, null) ?? { run: replyQueue.overflow, release: nothing }
  }

  /**
   * Reserves room in a queue.
   * @param payer whose quota pays for the message; null for the application.
   * @returns the work that publishes there. @throws {ProtocolError} if the queue is full, or the payer has too many bytes in queues.
   */
  reserveIn(queue: Queue, publication: Publication, payer: Payer | null): Work {
    const work = queue.reserve(publication, payer)
    if (work) return work
    throw new ProtocolError(
      'Queue is full',
      `${publication.destination} is full, or your messages in all queues exceed your quota: send again later.`,
    )
  }
}
