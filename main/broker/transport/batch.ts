/** A batch that has so many bytes takes no more frames: what waits is bounded by whole batches. */
const fullBatch = 256 * 1024

/** Frames that leave one after the other. Shared by all connections that get exactly these. */
export class Batch {
  readonly #frames: Buffer[]
  #joined: Buffer | null = null
  #bytes: number
  /**
   * Whether frames may still be added. It ends when the batch is full or leaves, when something else is queued behind it, or its
   * receivers change.
   */
  open: boolean

  constructor(frame: Buffer) {
    this.#frames = [frame]
    this.#bytes = frame.length
    this.open = this.#bytes < fullBatch
  }

  add(frame: Buffer): void {
    this.#frames.push(frame)
    this.#bytes += frame.length
    if (this.#bytes >= fullBatch) this.open = false
  }

  get bytes(): number {
    return this.#bytes
  }

  get length(): number {
    return this.#frames.length
  }

  /** Ends the batch. @returns its bytes, joined once for all receivers. */
  seal(): Buffer {
    if (this.#joined) return this.#joined
    this.open = false
    const [first] = this.#frames
    return (this.#joined = first && this.#frames.length === 1 ? first : Buffer.concat(this.#frames))
  }
}
