/** Cuts one direction of a WebSocket connection into its frames, for faults that concern single STOMP frames. */

/** A frame of WebSocket as it travels, or bytes that are not one yet: the HTTP handshake. */
export interface Piece {
  bytes: Buffer
  /** Its payload without the mask; null for a control frame and for the handshake. */
  text: string | null
}

const endOfHandshake = Buffer.from('\r\n\r\n')

/** @returns the lengths of a frame's head and of its payload; null while the head is incomplete. */
const measure = (bytes: Buffer): { head: number; payload: number; masked: boolean } | null => {
  if (bytes.length < 2) return null
  const masked = bytes.readUInt8(1) >= 128
  const short = bytes.readUInt8(1) % 128
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0
  if (bytes.length < 2 + extended) return null
  const payload =
    extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  return { head: 2 + extended + (masked ? 4 : 0), payload, masked }
}

const unmask = (payload: Buffer, mask: Buffer): Buffer =>
  Buffer.from(payload.map((byte, at) => byte ^ (mask[at % 4] ?? 0)))

export class WebSocketStream {
  #bytes = Buffer.alloc(0)
  #isOpen = false

  /** @returns the pieces that are complete with this chunk, in order. */
  push(chunk: Buffer): Piece[] {
    this.#bytes = Buffer.concat([this.#bytes, chunk])
    const pieces: Piece[] = []
    for (let next = this.#next(); next; next = this.#next()) pieces.push(next)
    return pieces
  }

  #next(): Piece | null {
    if (!this.#isOpen) {
      const end = this.#bytes.indexOf(endOfHandshake)
      if (end < 0) return null
      this.#isOpen = true
      return { bytes: this.#take(end + endOfHandshake.length), text: null }
    }
    const size = measure(this.#bytes)
    if (!size || this.#bytes.length < size.head + size.payload) return null
    const bytes = this.#take(size.head + size.payload)
    const isData = bytes.readUInt8(0) % 16 < 8
    const payload = bytes.subarray(size.head)
    const plain = size.masked ? unmask(payload, bytes.subarray(size.head - 4, size.head)) : payload
    return { bytes, text: isData ? plain.toString() : null }
  }

  #take(length: number): Buffer {
    const taken = this.#bytes.subarray(0, length)
    this.#bytes = this.#bytes.subarray(length)
    return taken
  }
}
