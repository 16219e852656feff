/** Replays the history of a stream to one subscriber, then switches to live messages. */
import type { Listener } from '../destinations/audience.ts'
import type { Receiver, Topics } from '../destinations/topics.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { Publication } from '../frames/publication.ts'
import type { StreamEntry, StreamStore } from '../options/hooks.ts'
import { replay, type ReplayOptions } from './replay.ts'

/** Where to begin in a history; the timestamp is in Unix seconds. */
export type Start = 'first' | 'last' | 'next' | { offset: number } | { timestamp: number }

/** @param header `x-stream-offset` of a SUBSCRIBE. @returns null for undefined. @throws {ProtocolError} for any other value. */
export const parseStart = (header: string | undefined): Start | null => {
  if (header === undefined) return null
  if (header === 'first' || header === 'last' || header === 'next') return header
  const [, kind, digits] = /^(offset|timestamp)=(\d{1,15})$/.exec(header) ?? []
  if (kind === 'offset') return { offset: Number(digits) }
  if (kind === 'timestamp') return { timestamp: Number(digits) }
  throw new ProtocolError(
    'Bad x-stream-offset',
    'x-stream-offset is one of first, last, next, offset=<number> and timestamp=<Unix seconds>.',
  )
}

/** Asks the store at once. @returns the offset of the first message to send; `last` means the newest. */
const offsetOf = async (store: StreamStore, destination: string, start: Start): Promise<number> => {
  if (typeof start === 'object' && 'timestamp' in start)
    return store.offsetAt(destination, start.timestamp * 1000)
  const { first, next } = await store.bounds(destination)
  if (start === 'first') return first
  if (start === 'last') return Math.max(first, next - 1)
  if (start === 'next') return next
  return Math.min(Math.max(first, start.offset), next)
}

/** The most bytes of live messages that are held during one read of the store. */
const mostHeldBytes = 512 * 1024

/** The live messages of a destination during a replay: counted, and held while the store reads. */
class LiveMessages {
  /** The offset of the first one. */
  first = Infinity
  #count = 0
  #heldBytes = 0
  /** Null while nothing is held. */
  #held: Publication[] | null = null

  readonly receive: Receiver = publication => {
    this.first = Math.min(this.first, publication.offset ?? Infinity)
    this.#count++
    if (!this.#held) return
    this.#heldBytes += publication.size
    if (this.#heldBytes <= mostHeldBytes) this.#held.push(publication)
  }

  /** @returns how many came since the last call. */
  takeCount(): number {
    const count = this.#count
    this.#count = 0
    return count
  }

  /** Holds messages from now on. Called before a read: the store has all earlier ones. */
  hold(): void {
    this.#heldBytes = 0
    this.#held = []
  }

  /** Stops holding. @returns the held messages; null if there were too many. */
  release(): readonly Publication[] | null {
    const held = this.#heldBytes <= mostHeldBytes ? this.#held : null
    this.#held = null
    return held
  }
}

interface HistoryOptions extends Pick<ReplayOptions<StreamEntry>, 'whenReady' | 'stopWaiting' | 'failed'> {
  store: StreamStore
  topics: Topics
  destination: string
  start: Start
  /** @returns the `message-id` of a replayed message. */
  nextMessageId: () => string
  /** Sends a message to the subscriber. */
  deliver: Receiver
  /** Gets the live messages after the history. */
  listener: Listener | Receiver
}

/**
 * Replays a history, then subscribes the listener to live messages, without a gap or an overlap.
 * @returns a function that ends the subscription.
 */
export const replayHistory = (options: HistoryOptions): (() => void) => {
  const { store, topics, destination, start, deliver, listener } = options
  const live = new LiveMessages()
  let leave = topics.subscribe(destination, live.receive)
  let ended = false

  /**
   * A slow store may answer after messages were published that the subscriber must get; the replay then starts at the
   * first of them.
   */
  const begin = async (): Promise<number> => {
    const offset = await offsetOf(store, destination, start)
    const asked = typeof start === 'object' && 'offset' in start ? start.offset : Infinity
    return asked <= offset ? offset : Math.min(offset, live.first)
  }
  const goLive = (next: number): boolean => {
    const held = live.release()
    if (!held) return false
    let newest = next - 1
    for (const publication of held) {
      if (publication.offset !== null && publication.offset <= newest) continue
      newest = publication.offset ?? newest
      deliver(publication)
    }
    // Sending may have closed the reader.
    if (ended) return true
    leave()
    leave = topics.subscribe(destination, listener, newest + 1)
    return true
  }
  const stop = replay({
    ...options,
    start: begin(),
    read: (offset, limit) => {
      live.hold()
      return store.read(destination, offset, limit)
    },
    whenReady: run => {
      live.release()
      options.whenReady(run)
    },
    numberOf: ({ offset }) => offset,
    published: () => live.takeCount(),
    deliver: ({ offset, headers, body }) => {
      const publication = new Publication(options.nextMessageId(), {
        destination,
        headers: Object.entries(headers),
        body,
        offset,
      })
      deliver(publication)
      return publication.size
    },
    end: goLive,
  })
  return () => {
    ended = true
    stop()
    leave()
  }
}
