/** Bytes after which a batch takes no more frames. The backlog is limited in whole batches. */
const fullBatch = 256 * 1024

/** Frames to be written in order, shared by all connections that get exactly these frames. */
export class Batch {
  readonly #frames: Buffer[]
  #joined: Buffer | null = null
  #bytes: number
  /**
   * Whether frames may still be added. A batch closes when it is full or written, when something else is queued behind it, or when its
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

  /** Closes the batch. @returns its bytes, joined once for all receivers. */
  seal(): Buffer {
    if (this.#joined) return this.#joined
    this.open = false
    const [first] = this.#frames
    return (this.#joined = first && this.#frames.length === 1 ? first : Buffer.concat(this.#frames))
  }
}
