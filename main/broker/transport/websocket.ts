/** A WebSocket as a transport. `ws` reads; what leaves is framed by the broker and goes to the socket as it is. */
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
  reason: 'A WebSocket message is larger than a frame may be.',
}

/** What `ws` finds, by the code with which it would close without a word. */
const reasons: ReadonlyMap<number | undefined, BadWebSocket> = new Map([
  [1002, { code: closeCodes.protocolError, reason: 'This is no WebSocket frame of a client.' }],
  [1007, { code: closeCodes.badData, reason: 'A WebSocket close frame is not valid UTF-8.' }],
  [1008, { code: closeCodes.policy, reason: 'A WebSocket message has too many fragments.' }],
  [1009, tooLarge],
])

/** One that tells what `ws` refuses before `ws` closes, so that the peer gets an ERROR that says what is wrong. */
export class AnsweringWebSocket extends WebSocket {
  onRefused: ((reason: string, code: CloseCode) => void) | null = null

  override close(code?: number, data?: string | Buffer): void {
    // With data `ws` answers the peer's own close frame.
    const refused = data === undefined ? reasons.get(code) : undefined
    const tell = this.onRefused
    this.onRefused = null
    if (refused && tell) tell(refused.reason, refused.code)
    super.close(code, data)
  }
}

export interface WebSocketOptions extends Origin {
  /** For how long the socket is open. Milliseconds. */
  age: number
  /** Pings and pongs that the peer may send in a second. */
  pingRate: number
  /** Bytes of a message that has not ended, before the peer is admitted. */
  unfinishedBytes: number
}

/** A class, not a bag of closures: a host that comes back meets all of its people at once. */
export class WebSocketTransport implements Transport {
  readonly framing = 'websocket'
  readonly #websocket: AnsweringWebSocket
  readonly #socket: Duplex
  readonly #options: WebSocketOptions
  #events: TransportEvents | null = null
  #admitted = false
  /** Of the message that has not ended, and whether one has in the present chunk: what follows it there does not count. */
  #unfinishedBytes = 0
  #messageEnded = false
  /** Pings and pongs since a time. */
  #controls = 0
  #controlsSince = 0
  /** When `ws` began with the present chunk; later by what the broker has spent on the messages in it. */
  #began = 0

  /** @param socket that carries it. */
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
    // What is wrong was told; 'close' follows.
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
   * `ws` has one bound for messages, and it is that of peers who are admitted: until then what has come of a message is counted here,
   * behind the listener of `ws`. It stays when it counts no more: to take a listener from a socket costs more than to call it.
   */
  #countUnfinished(bytes: number): void {
    if (this.#admitted) return
    this.#unfinishedBytes = this.#messageEnded ? 0 : this.#unfinishedBytes + bytes
    this.#messageEnded = false
    if (this.#unfinishedBytes <= this.#options.unfinishedBytes) return
    // Nobody gathers what still comes.
    this.#socket.removeAllListeners('data')
    this.#events?.broken(tooLarge.reason, tooLarge.code)
  }

  /** Counts in windows of a second. */
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
