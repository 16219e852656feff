import type { StreamEntry, StreamStore } from '../../../main/broker/options/hooks.ts'

/** A history in an array: one destination, entries a second apart. */
export class ArrayHistory implements StreamStore {
  readonly destination: string
  readonly entries: StreamEntry[] = []
  /** How many reads there were. */
  reads = 0
  #next = 0

  constructor(destination: string, bodies: readonly string[] = []) {
    this.destination = destination
    for (const body of bodies) this.append(body)
  }

  append(body: string): number {
    const offset = this.#next++
    this.entries.push({
      offset,
      timestamp: offset * 1000,
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from(body),
    })
    return offset
  }

  has(destination: string): boolean {
    return destination === this.destination
  }

  bounds(): { first: number; next: number } {
    return { first: this.entries[0]?.offset ?? this.#next, next: this.#next }
  }

  read(_destination: string, offset: number, limit: number): StreamEntry[] {
    this.reads++
    const start = Math.max(0, offset - this.bounds().first)
    return this.entries.slice(start, start + limit)
  }

  offsetAt(_destination: string, timestamp: number): number {
    return this.entries.find(entry => entry.timestamp >= timestamp)?.offset ?? this.#next
  }
}

/** @returns the numbers from `start` up to `end`, which is left out, as text. */
export const numbers = (start: number, end: number): string[] =>
  Array.from({ length: end - start }, (_, index) => String(start + index))
