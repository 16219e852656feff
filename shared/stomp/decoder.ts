import { FrameError, type Frame, type FrameLimits, type Version } from './frame.ts'
import { parseHead } from './head.ts'

const empty = new Uint8Array(0)
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lineFeed = 10
const carriageReturn = 13
/** Frames that may have a body (STOMP 1.2, "Body"). In other frames `content-length` is ignored, because clients copy it into their ACK. */
const mayHaveBody = (command: string): boolean =>
  command === 'SEND' || command === 'MESSAGE' || command === 'ERROR'
const isBetweenFrames = (byte: number | undefined): boolean =>
  byte === lineFeed || byte === carriageReturn || byte === 0

interface Head {
  command: string
  headers: Map<string, string>
  /** Index of the body's first byte. */
  bodyStart: number
  /** Index of the NUL after the body; null if no content-length gives it. */
  bodyEnd: number | null
}

/**
 * Reads frames from a stream of bytes, however it is split. {@link push} adds bytes, {@link next} returns one frame at a time, so that the
 * reader can stop between two frames. The decoder holds at most one frame within the limits and one chunk.
 *
 * After a {@link FrameError} the stream can't be read on: drop the decoder with its connection.
 */
export class FrameDecoder {
  /** The negotiated version, which determines the escapes. */
  version: Version
  limits: FrameLimits
  /** The bytes to read: the last chunk or, where a frame spans chunks, a part of `#store`. */
  #bytes: Uint8Array = empty
  #store: Uint8Array = empty
  #start = 0
  /** The current frame has been scanned up to here. */
  #scanned = 0
  #lineStart = 0
  #lines = 0
  #head: Head | null = null

  constructor(limits: FrameLimits, version: Version = '1.2') {
    this.limits = limits
    this.version = version
  }

  /** Bytes not read yet. */
  get buffered(): number {
    return this.#bytes.length - this.#start
  }

  /** The bytes from the start of the unfinished frame on, for a reader that continues by other means after a {@link FrameError}. */
  get unread(): Uint8Array {
    return this.#bytes.subarray(this.#start)
  }

  /** Adds a chunk. It must not be modified afterwards: bodies of frames may be views of it. */
  push(chunk: Uint8Array): void {
    const left = this.buffered
    if (left === 0) {
      this.#bytes = chunk
      this.#rebase(this.#start)
      return
    }
    const length = left + chunk.length
    if (length > this.#store.length) {
      // Doubling keeps the copying linear when a frame trickles in byte by byte.
      const store = new Uint8Array(Math.max(length, 2 * this.#store.length))
      store.set(this.#bytes.subarray(this.#start))
      this.#store = store
      this.#rebase(this.#start)
    } else if (this.#start > 0) {
      this.#store.copyWithin(0, this.#start, this.#start + left)
      this.#rebase(this.#start)
    }
    this.#store.set(chunk, left)
    this.#bytes = this.#store.subarray(0, length)
  }

  /**
   * @returns the next frame; null while it is incomplete.
   * @throws {FrameError} if the bytes are not a frame, or exceed a limit.
   */
  next(): Frame | null {
    const head = this.#head ?? this.#readHead()
    if (!head) return null
    const end = this.#findBodyEnd(head)
    if (end === null) return null
    const body = this.#bodyOf(head.bodyStart, end)
    this.#startFrameAt(end + 1)
    this.#skipBetweenFrames()
    if (this.buffered === 0) this.#release()
    return { command: head.command, headers: head.headers, body }
  }

  /** Copies bytes of the store, which will be overwritten; a view of a chunk needs no copy. */
  #bodyOf(start: number, end: number): Uint8Array {
    if (start === end) return empty
    const bytes = this.#bytes
    return bytes.buffer === this.#store.buffer ? bytes.slice(start, end) : bytes.subarray(start, end)
  }

  /** Finds the blank line that ends the head. */
  #readHead(): Head | null {
    this.#skipBetweenFrames()
    if (this.buffered === 0) {
      this.#release()
      return null
    }
    const bytes = this.#bytes
    const { frameBytes, headers: maxHeaders, headerBytes } = this.limits
    for (let at = this.#scanned; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === 0)
        throw new FrameError(
          'nul-in-header',
          'The headers contain a NUL before the blank line that ends them',
        )
      if (byte !== lineFeed) continue
      const length = at - this.#lineStart
      this.#checkLine(length, headerBytes)
      if (length === 0 || (length === 1 && bytes[at - 1] === carriageReturn)) return this.#parseHead(at + 1)
      this.#lineStart = at + 1
      // The command line is not a header.
      if (this.#lines++ > maxHeaders)
        throw new FrameError('too-many-headers', `The frame has more than ${maxHeaders} headers`)
    }
    this.#scanned = bytes.length
    this.#checkLine(bytes.length - this.#lineStart, headerBytes)
    this.#checkSize(bytes.length, frameBytes)
    return null
  }

  #parseHead(bodyStart: number): Head {
    this.#checkSize(bodyStart + 1, this.limits.frameBytes)
    let text: string
    try {
      text = utf8.decode(this.#bytes.subarray(this.#start, bodyStart))
    } catch {
      throw new FrameError('bad-utf8', 'The headers are not valid UTF-8')
    }
    const { command, headers } = parseHead(text, this.version, this.limits)
    const contentLength = mayHaveBody(command) ? headers.get('content-length') : undefined
    let bodyEnd: number | null = null
    if (contentLength !== undefined) {
      if (!/^ *\d{1,15} *$/.test(contentLength))
        throw new FrameError('bad-content-length', 'The content-length is not a number of bytes')
      bodyEnd = bodyStart + Number(contentLength)
      this.#checkSize(bodyEnd + 1, this.limits.frameBytes)
    }
    this.#scanned = bodyStart
    return (this.#head = { command, headers, bodyStart, bodyEnd })
  }

  /** @returns the index of the NUL after the body; null while it has not arrived. */
  #findBodyEnd({ bodyEnd }: Head): number | null {
    const bytes = this.#bytes
    if (bodyEnd !== null) {
      if (bodyEnd >= bytes.length) return null
      if (bytes[bodyEnd] !== 0)
        throw new FrameError('bad-content-length', 'The body does not end where its content-length says')
      return bodyEnd
    }
    const end = bytes.indexOf(0, this.#scanned)
    this.#scanned = bytes.length
    this.#checkSize(end < 0 ? bytes.length : end + 1, this.limits.frameBytes)
    return end < 0 ? null : end
  }

  #checkSize(end: number, frameBytes: number): void {
    if (end - this.#start > frameBytes)
      throw new FrameError('frame-too-large', `The frame is larger than ${frameBytes} bytes`)
  }

  #checkLine(length: number, headerBytes: number): void {
    if (length > headerBytes)
      throw new FrameError('header-too-long', `A header line is longer than ${headerBytes} bytes`)
  }

  /** Skips line ends between frames, which are heart-beats, and surplus NULs, as RabbitMQ and ActiveMQ do. */
  #skipBetweenFrames(): void {
    if (this.#scanned > this.#start) return
    let at = this.#start
    while (isBetweenFrames(this.#bytes[at])) at++
    if (at > this.#start) this.#startFrameAt(at)
  }

  #startFrameAt(index: number): void {
    this.#start = this.#scanned = this.#lineStart = index
    this.#lines = 0
    this.#head = null
  }

  /** Drops the chunk, so that an idle connection uses no memory for it. */
  #release(): void {
    this.#bytes = this.#store = empty
    this.#startFrameAt(0)
  }

  /** Adjusts every index after the bytes have moved by `by`. */
  #rebase(by: number): void {
    this.#start -= by
    this.#scanned -= by
    this.#lineStart -= by
    if (!this.#head) return
    this.#head.bodyStart -= by
    if (this.#head.bodyEnd !== null) this.#head.bodyEnd -= by
  }
}
