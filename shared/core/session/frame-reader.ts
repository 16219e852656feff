/**
 * Reads the frames of a server with the decoder of shared/stomp, which takes a sixth of the time of @stomp/stompjs
 * (decision 31). MESSAGE and ERROR frames go to the messenger; all other frames are rare and go to the library, byte for byte.
 */
import { FrameDecoder } from '../../stomp/decoder.ts'
import { FrameError, versions, type Frame } from '../../stomp/frame.ts'
import { formatHead } from '../../stomp/head.ts'

/**
 * The largest accepted frame, in bytes. The directory of a host with the most rooms and the longest topics takes 2.4
 * MB.
 */
export const largestFrame = 4 * 1024 * 1024
/** A frame that exceeds one of the others is left to the library, which has no limits. */
const limits = {
  frameBytes: largestFrame,
  headers: 1000,
  headerBytes: largestFrame,
  headerNameLength: largestFrame,
}

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder()

/** A MESSAGE or an ERROR as received. */
class ReceivedMessage {
  readonly command: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The body's bytes. */
  readonly binaryBody: Uint8Array
  #body: string | null = null

  constructor({ command, headers, body }: Frame) {
    this.command = command
    this.headers = Object.fromEntries(headers)
    this.binaryBody = body
  }

  /** The body's text; bytes that are not UTF-8 become U+FFFD. */
  get body(): string {
    return (this.#body ??= fromUtf8.decode(this.binaryBody))
  }
}

export interface FrameReaderOptions {
  /** A MESSAGE is complete. */
  onMessage: (message: ReceivedMessage) => void
  /** An ERROR is complete. The library would do nothing with it, and leave a STOMP 1.1 header escaped. */
  onError: (error: ReceivedMessage) => void
  /** The library has to read these bytes next: a frame of another kind, a heart-beat, or what the decoder refuses. */
  forward: (bytes: ArrayBuffer) => void
  /** A frame exceeds {@link largestFrame}. */
  onOverflow: () => void
}

/** @returns an ArrayBuffer of these bytes alone. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

export class FrameReader {
  readonly #options: FrameReaderOptions
  /** Null from the first frame on that it refuses: the library takes frames that no specification allows. */
  #decoder: FrameDecoder | null = new FrameDecoder(limits)

  constructor(options: FrameReaderOptions) {
    this.#options = options
  }

  /** @param chunk must not be modified afterwards. */
  read(chunk: Uint8Array): void {
    const { forward, onOverflow } = this.#options
    const decoder = this.#decoder
    // Between two frames come heart-beats, which the decoder skips.
    const isBeat = chunk[0] === 10 && decoder?.buffered === 0
    if (!decoder || isBeat) {
      const end = isBeat ? chunk.findIndex(byte => byte !== 10) : -1
      const beats = end < 0 ? chunk : chunk.subarray(0, end)
      forward(bufferOf(beats))
      if (end > 0) this.read(chunk.subarray(end))
      return
    }
    decoder.push(chunk)
    try {
      for (let frame = decoder.next(); frame; frame = decoder.next()) this.#take(frame, decoder)
    } catch (thrown) {
      if (!(thrown instanceof FrameError)) throw thrown
      if (thrown.code === 'frame-too-large') {
        onOverflow()
        return
      }
      this.#decoder = null
      forward(bufferOf(decoder.unread))
    }
  }

  #take(frame: Frame, decoder: FrameDecoder): void {
    const { onMessage, onError, forward } = this.#options
    const { command, headers, body } = frame
    if (command === 'MESSAGE') {
      onMessage(new ReceivedMessage(frame))
      return
    }
    if (command === 'ERROR') {
      onError(new ReceivedMessage(frame))
      return
    }
    const head = utf8.encode(formatHead(command, headers, decoder.version))
    const bytes = new Uint8Array(head.length + body.length + 1)
    bytes.set(head)
    bytes.set(body, head.length)
    if (command === 'CONNECTED')
      decoder.version = versions.find(version => version === headers.get('version')) ?? '1.0'
    forward(bytes.buffer)
  }
}
