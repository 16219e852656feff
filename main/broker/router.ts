import { destinationKind, type DestinationKind } from './destinations.ts'
import type { StreamStore } from './hooks.ts'
import type { Limits } from './limits.ts'
import { MemoryStreams } from './memory-streams.ts'
import { ProtocolError } from './protocol-error.ts'
import type { Publication } from './publication.ts'
import type { Queue } from './queue.ts'
import { Queues } from './queues.ts'
import { ReplyQueues } from './reply-queues.ts'
import { Topics } from './topics.ts'

/** Where messages go: the destinations of one broker. */
export class Router {
  readonly topics = new Topics()
  readonly queues: Queues
  readonly replyQueues: ReplyQueues
  /** Histories that clients asked for. */
  readonly streams: MemoryStreams
  /** Histories that the application keeps. */
  readonly #stored: StreamStore | null

  constructor(limits: Limits, stored: StreamStore | null) {
    this.queues = new Queues(limits)
    this.replyQueues = new ReplyQueues(limits)
    this.streams = new MemoryStreams(limits)
    this.#stored = stored
  }

  /** @returns the store that keeps the destination's history; null where it has none. */
  historyOf(destination: string): StreamStore | null {
    if (this.#stored?.has(destination)) return this.#stored
    return this.streams.has(destination) ? this.streams : null
  }

  /** @throws {ProtocolError} where a queue is full, or nobody may send there. */
  publish(publication: Publication, kind: DestinationKind = destinationKind(publication.destination)): void {
    const { destination } = publication
    if (publication.offset === null && this.streams.has(destination))
      publication.offset = this.streams.append(publication.keep())
    if (kind === 'topic' || publication.offset !== null) this.topics.publish(publication)
    else if (kind === 'queue') this.#addTo(this.queues.open(destination), publication)
    else if (kind === 'reply-queue') this.#reply(publication)
    else throw new ProtocolError('Not allowed', `Nothing is published to /${kind}/.`)
  }

  /** An answer to somebody who is gone is nobody's fault. */
  #reply(publication: Publication): void {
    const replyQueue = this.replyQueues.find(publication.destination)
    if (replyQueue) this.#addTo(replyQueue.queue, publication.as(replyQueue.destination))
  }

  #addTo(queue: Queue, publication: Publication): void {
    if (!queue.add(publication))
      throw new ProtocolError('Queue is full', 'Nobody takes the messages of this queue: send again later.')
  }
}
