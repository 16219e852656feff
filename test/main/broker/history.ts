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

/** A history on another machine: it answers when the test says so. */
export class RemoteHistory implements StreamStore {
  readonly #history: ArrayHistory
  #waiting: (() => void)[] = []

  constructor(history: ArrayHistory) {
    this.#history = history
  }

  has(destination: string): boolean {
    return this.#history.has(destination)
  }

  bounds(): Promise<{ first: number; next: number }> {
    return this.#later(() => this.#history.bounds())
  }

  read(destination: string, offset: number, limit: number): Promise<StreamEntry[]> {
    return this.#later(() => this.#history.read(destination, offset, limit))
  }

  offsetAt(destination: string, timestamp: number): Promise<number> {
    return this.#later(() => this.#history.offsetAt(destination, timestamp))
  }

  /** The number of unanswered questions. */
  get asked(): number {
    return this.#waiting.length
  }

  /** Answers all questions that were asked until now. */
  answer(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const run of waiting) run()
  }

  /** The answer is as old as the question. */
  #later<Value>(ask: () => Value): Promise<Value> {
    const value = ask()
    return new Promise(resolve => this.#waiting.push(() => resolve(value)))
  }
}

/** @returns the numbers from `start` up to `end`, which is left out, as text. */
export const numbers = (start: number, end: number): string[] =>
  Array.from({ length: end - start }, (_, index) => String(start + index))
