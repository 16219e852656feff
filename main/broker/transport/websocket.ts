/** A WebSocket as a transport. `ws` reads; the broker frames what it writes and sends it to the socket directly. */
import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { WebSocket, type RawData } from 'ws'
import type { Origin } from '../quotas/connection-quota.ts'
import { writeTogether } from './socket.ts'
import { closeCodes, type CloseCode, type Transport, type TransportEvents } from './transport.ts'

interface BadWebSocket {
  code: CloseCode
  reason: string
}

const tooLarge: BadWebSocket = {
  code: closeCodes.tooBig,
  reason: 'A WebSocket message is larger than the largest frame.',
}

/** Errors that `ws` detects, by the close code that it would send without a reason. */
const reasons: ReadonlyMap<number | undefined, BadWebSocket> = new Map([
  [1002, { code: closeCodes.protocolError, reason: 'This is not a valid WebSocket frame from a client.' }],
  [1007, { code: closeCodes.badData, reason: 'A WebSocket close frame is not valid UTF-8.' }],
  [1008, { code: closeCodes.policy, reason: 'A WebSocket message has too many fragments.' }],
  [1009, tooLarge],
])

/** Reports an error that `ws` has detected before `ws` closes, so that the peer gets an ERROR with the reason. */
export class AnsweringWebSocket extends WebSocket {
  onRefused: ((reason: string, code: CloseCode) => void) | null = null

  override close(code?: number, data?: string | Buffer): void {
    // With data, `ws` is answering the peer's own close frame.
    const refused = data === undefined ? reasons.get(code) : undefined
    const tell = this.onRefused
    this.onRefused = null
    if (refused && tell) tell(refused.reason, refused.code)
    super.close(code, data)
  }
}

export interface WebSocketOptions extends Origin {
  /** How long the socket has been open. Milliseconds. */
  age: number
  /** Pings and pongs that the peer may send per second. */
  pingRate: number
  /** Bytes of an unfinished message, until the peer is admitted. */
  unfinishedBytes: number
}

/** A class rather than closures: after a restart a host gets all its connections at once, and closures cost more memory and time. */
export class WebSocketTransport implements Transport {
  readonly framing = 'websocket'
  readonly #websocket: AnsweringWebSocket
  readonly #socket: Duplex
  readonly #options: WebSocketOptions
  #events: TransportEvents | null = null
  #admitted = false
  /** Bytes of the unfinished message, and whether a message ended in the current chunk: bytes after it are not counted. */
  #unfinishedBytes = 0
  #messageEnded = false
  /** Pings and pongs since {@link #controlsSince}. */
  #controls = 0
  #controlsSince = 0
  /** When `ws` began with the current chunk, plus the time that the broker spent on the messages in it. */
  #began = 0

  /** @param socket below the WebSocket. */
  constructor(websocket: AnsweringWebSocket, socket: Duplex, options: WebSocketOptions) {
    this.#websocket = websocket
    this.#socket = socket
    this.#options = options
  }

  get address(): string {
    return this.#options.address
  }

  get loopback(): boolean {
    return this.#options.loopback
  }

  get age(): number {
    return this.#options.age
  }

  get backlog(): number {
    return this.#socket.writableLength
  }

  start(events: TransportEvents): void {
    this.#events = events
    const onControl = (): void => this.#countControl()
    this.#websocket.onRefused = (reason, code) => events.broken(reason, code)
    this.#websocket.on('ping', onControl)
    this.#websocket.on('pong', onControl)
    this.#websocket.on('message', (message, isBinary) => this.#take(message, isBinary))
    // The reason was reported; 'close' follows.
    this.#websocket.on('error', () => undefined)
    this.#websocket.on('close', () => events.closed())
    this.#socket.prependListener('data', () => (this.#began = performance.now()))
    this.#socket.on('data', (chunk: Uint8Array) => {
      events.heard(performance.now() - this.#began)
      this.#countUnfinished(chunk.length)
    })
    this.#socket.on('drain', () => events.drained())
  }

  admitted(): void {
    this.#admitted = true
  }

  write(buffers: readonly Uint8Array[]): void {
    writeTogether(this.#socket, buffers)
  }

  ping(): void {
    this.#websocket.ping()
  }

  pause(): void {
    this.#websocket.pause()
  }

  resume(): void {
    this.#websocket.resume()
  }

  end(code: CloseCode): void {
    this.#websocket.onRefused = null
    this.#websocket.resume()
    this.#websocket.close(code)
  }

  destroy(): void {
    this.#websocket.terminate()
  }

  #take(message: RawData, isBinary: boolean): void {
    this.#messageEnded = true
    if (!Buffer.isBuffer(message)) return
    const before = performance.now()
    if (!isBinary && !isUtf8(message))
      this.#events?.broken('A text message is not valid UTF-8.', closeCodes.badData)
    else this.#events?.data(message)
    this.#began += performance.now() - before
  }

  /**
   * `ws` has one message limit, the one for admitted peers. Until then, bytes of an unfinished message are counted here, after the
   * listener of `ws`. The listener stays afterwards, because removing it costs more than calling it.
   */
  #countUnfinished(bytes: number): void {
    if (this.#admitted) return
    this.#unfinishedBytes = this.#messageEnded ? 0 : this.#unfinishedBytes + bytes
    this.#messageEnded = false
    if (this.#unfinishedBytes <= this.#options.unfinishedBytes) return
    // Stops `ws` from collecting more of the message.
    this.#socket.removeAllListeners('data')
    this.#events?.broken(tooLarge.reason, tooLarge.code)
  }

  /** Counts in windows of one second. */
  #countControl(): void {
    const now = performance.now()
    if (now - this.#controlsSince >= 1_000) {
      this.#controlsSince = now
      this.#controls = 0
    }
    if (++this.#controls > this.#options.pingRate)
      this.#events?.broken('Too many WebSocket pings.', closeCodes.policy)
  }
}
