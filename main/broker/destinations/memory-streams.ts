/**
 * Histories requested by clients (`x-queue-type:stream`): in memory, limited by count, bytes and age; lost when the
 * broker stops.
 */
import type { StreamEntry, StreamStore } from '../options/hooks.ts'
import { isFull, type Payer } from '../quotas/quota.ts'
import { tooMany } from './too-many.ts'
import { memoryOf, type Publication } from '../frames/publication.ts'

export interface StreamLimits {
  /** Number of streams. */
  streams: number
  /** Streams opened by one payer. */
  streamsPerPerson: number
  /** Entries, bytes and age (milliseconds) that one stream keeps. */
  streamEntries: number
  streamBytes: number
  streamAge: number
  /** Bytes of all streams: beyond it, the payer with the most bytes loses the oldest entries of their largest stream. */
  streamsBytes: number
}

const entrySize = ({ headers, body }: Omit<StreamEntry, 'offset'>): number =>
  memoryOf(Object.entries(headers), body)

/** @returns the item with the largest `sizeOf`; undefined if there is none. */
const largest = <Item>(items: Iterable<Item>, sizeOf: (item: Item) => number): Item | undefined => {
  let most: { item: Item; size: number } | undefined
  for (const item of items) {
    const size = sizeOf(item)
    if (!most || size > most.size) most = { item, size }
  }
  return most?.item
}

/** The newest entries of one destination. */
class MemoryStream {
  /** Whose quota pays for it; null for the application. */
  readonly payer: Payer | null
  /** Entries before `head` are dropped. */
  #entries: StreamEntry[] = []
  #head = 0
  #bytes = 0
  /** Bytes of the dropped entries. */
  #dropped = 0
  #next: number
  /** When it was opened or got its newest entry. Milliseconds since the epoch. */
  #usedAt: number

  /** @param next the offset of its first entry. @param now milliseconds since the epoch. */
  constructor(payer: Payer | null, next: number, now: number) {
    this.payer = payer
    this.#next = next
    this.#usedAt = now
  }

  get usedAt(): number {
    return this.#usedAt
  }

  get bounds(): { first: number; next: number } {
    return { first: this.#next - (this.#entries.length - this.#head), next: this.#next }
  }

  get bytes(): number {
    return this.#bytes
  }

  append(entry: Omit<StreamEntry, 'offset'>, limits: StreamLimits): number {
    const offset = this.#next++
    this.#usedAt = entry.timestamp
    this.#entries.push({ ...entry, offset })
    this.#bytes += entrySize(entry)
    this.drop(limits, entry.timestamp)
    return offset
  }

  read(offset: number, limit: number): StreamEntry[] {
    const start = this.#head + Math.max(0, offset - this.bounds.first)
    return this.#entries.slice(start, start + limit)
  }

  /** Binary search: timestamps rise. */
  offsetAt(timestamp: number): number {
    let [low, high] = [this.#head, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#entries[middle]?.timestamp ?? 0) < timestamp) low = middle + 1
      else high = middle
    }
    return this.bounds.first + low - this.#head
  }

  /** Drops entries over the limits. @param now milliseconds since the epoch. */
  drop(
    {
      streamEntries,
      streamBytes,
      streamAge,
    }: Omit<StreamLimits, 'streams' | 'streamsPerPerson' | 'streamsBytes'>,
    now: number,
  ): void {
    for (let oldest = this.#entries[this.#head]; oldest; oldest = this.#entries[this.#head]) {
      const count = this.#entries.length - this.#head
      if (count <= streamEntries && this.#bytes <= streamBytes && now - oldest.timestamp <= streamAge) break
      const bytes = entrySize(oldest)
      this.#bytes -= bytes
      this.#dropped += bytes
      this.#head++
    }
    // Frees dropped entries in portions, at an amortised cost of a few moves per entry.
    if (this.#dropped * 8 > this.#bytes || this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
      this.#dropped = 0
    }
  }
}

export class MemoryStreams implements StreamStore {
  readonly #limits: StreamLimits
  readonly #inUse: (destination: string) => boolean
  readonly #streams = new Map<string, MemoryStream>()
  #newest = 0
  #bytes = 0
  /** Higher than every offset of a closed stream, so that a client that resumes misses nothing. */
  #firstOffset = 0

  /** @param inUse whether a destination has subscribers; such a stream stays, however old. */
  constructor(limits: StreamLimits, inUse: (destination: string) => boolean) {
    this.#limits = limits
    this.#inUse = inUse
  }

  get size(): number {
    return this.#streams.size
  }

  /**
   * Makes the destination keep a history.
   * @param payer whose quota pays for it; null for the application.
   * @throws {ProtocolError} if there are too many.
   */
  open(destination: string, payer: Payer | null = null): void {
    if (this.#streams.has(destination)) return
    const quota = { all: this.#limits.streams, perPerson: this.#limits.streamsPerPerson }
    if (isFull(this.#streams.values(), payer, quota)) this.#removeUnused()
    if (isFull(this.#streams.values(), payer, quota)) throw tooMany('streams', quota)
    this.#streams.set(destination, new MemoryStream(payer, this.#firstOffset, this.#now()))
  }

  /** Drops the destination's history. @returns whether it has one. */
  close(destination: string): boolean {
    const stream = this.#streams.get(destination)
    if (!stream) return false
    this.#bytes -= stream.bytes
    this.#firstOffset = Math.max(this.#firstOffset, stream.bounds.next)
    return this.#streams.delete(destination)
  }

  /** @returns every destination with a history, with the number and the bytes of its entries. */
  list(): { destination: string; entries: number; bytes: number }[] {
    return Array.from(this.#streams, ([destination, { bounds, bytes }]) => ({
      destination,
      entries: bounds.next - bounds.first,
      bytes,
    }))
  }

  /** @returns the offset of the message; null if its destination has no history. */
  append({ destination, headers, body }: Publication): number | null {
    const stream = this.#streams.get(destination)
    if (!stream) return null
    const entry = { timestamp: this.#now(), headers: Object.fromEntries(headers), body }
    const before = stream.bytes
    const offset = stream.append(entry, this.#limits)
    this.#bytes += stream.bytes - before
    while (this.#bytes > this.#limits.streamsBytes) this.#dropFromLargest()
    return offset
  }

  /**
   * The payer with the most bytes loses the oldest entries of their largest stream, so that nobody crowds out the
   * histories of others.
   */
  #dropFromLargest(): void {
    const byGroup = Map.groupBy(this.#streams.values(), ({ payer }) => payer?.group)
    const bytesOf = (streams: readonly MemoryStream[]): number =>
      streams.reduce((sum, { bytes }) => sum + bytes, 0)
    const heaviest = largest(byGroup.values(), bytesOf) ?? []
    const stream = largest(heaviest, ({ bytes }) => bytes)
    if (stream) this.#drop(stream, { ...this.#limits, streamBytes: stream.bytes - 1 })
  }

  #drop(stream: MemoryStream, limits: StreamLimits): void {
    const before = stream.bytes
    stream.drop(limits, this.#now())
    this.#bytes += stream.bytes - before
  }

  /** Never goes back, so that timestamps rise even if the clock is set back. */
  #now(): number {
    return (this.#newest = Math.max(this.#newest, Date.now()))
  }

  /** @returns the stream, without expired entries. */
  #find(destination: string): MemoryStream | undefined {
    const stream = this.#streams.get(destination)
    if (stream) this.#drop(stream, this.#limits)
    return stream
  }

  /** Closes streams without entries or subscribers. */
  #removeUnused(): void {
    const since = this.#now() - this.#limits.streamAge
    for (const [destination, { usedAt }] of this.#streams)
      if (usedAt < since && !this.#inUse(destination)) this.close(destination)
  }

  has(destination: string): boolean {
    return this.#streams.has(destination)
  }

  bounds(destination: string): { first: number; next: number } {
    return this.#find(destination)?.bounds ?? { first: 0, next: 0 }
  }

  read(destination: string, offset: number, limit: number): StreamEntry[] {
    return this.#find(destination)?.read(offset, limit) ?? []
  }

  offsetAt(destination: string, timestamp: number): number {
    return this.#find(destination)?.offsetAt(timestamp) ?? 0
  }
}
