/** A WebSocket as a transport. `ws` reads; what leaves is framed by the broker and goes to the socket as it is. */
import { isUtf8 } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { Origin } from './places.ts'
import { writeTogether } from './socket.ts'
import { closeCodes, type CloseCode, type Transport } from './transport.ts'

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
    const refused = reasons.get(code)
    const tell = this.onRefused
    this.onRefused = null
    if (refused && tell) tell(refused.reason, refused.code)
    super.close(code, data)
  }
}

/** Counts in windows of a second. @returns whether this one is beyond the rate. */
const rateLimit = (perSecond: number): (() => boolean) => {
  let [windowStart, count] = [0, 0]
  return () => {
    const now = performance.now()
    if (now - windowStart >= 1_000) [windowStart, count] = [now, 0]
    return ++count > perSecond
  }
}

/**
 * `ws` has one bound for messages, and it is that of peers who are admitted. Until then what has come of a message is counted here:
 * the listener stands behind that of `ws`, and where a message ended in a chunk, what follows it there does not count. It stays when
 * it counts no more: to take a listener from a socket costs more than to call it.
 */
const boundUnfinished = (
  socket: Duplex,
  most: number,
  refuse: () => void,
): { messageEnded: () => void; stop: () => void } => {
  let [bytes, ended, counts] = [0, false, true]
  socket.on('data', (chunk: Uint8Array) => {
    if (!counts) return
    bytes = ended ? 0 : bytes + chunk.length
    ended = false
    if (bytes <= most) return
    // Nobody gathers what still comes.
    socket.removeAllListeners('data')
    refuse()
  })
  return { messageEnded: () => void (ended = true), stop: () => void (counts = false) }
}

export interface WebSocketOptions extends Origin {
  /** For how long the socket is open. Milliseconds. */
  age: number
  /** Pings and pongs that the peer may send in a second. */
  pingRate: number
  /** Bytes of a message that has not ended, before the peer is admitted. */
  unfinishedBytes: number
}

/** @param socket that carries it. */
export const websocketTransport = (
  websocket: AnsweringWebSocket,
  socket: Duplex,
  { address, loopback, age, pingRate, unfinishedBytes }: WebSocketOptions,
): Transport => {
  let stopCounting = (): void => undefined
  return {
    address,
    loopback,
    age,
    framing: 'websocket',
    get backlog() {
      return socket.writableLength
    },
    start: events => {
      const unfinished = boundUnfinished(socket, unfinishedBytes, () =>
        events.broken(tooLarge.reason, tooLarge.code),
      )
      stopCounting = unfinished.stop
      const tooMany = rateLimit(pingRate)
      const onControl = (): void => {
        if (tooMany()) events.broken('Too many WebSocket pings.', closeCodes.policy)
      }
      websocket.onRefused = (reason, code) => events.broken(reason, code)
      websocket.on('ping', onControl)
      websocket.on('pong', onControl)
      websocket.on('message', (message, isBinary) => {
        unfinished.messageEnded()
        if (!Buffer.isBuffer(message)) return
        if (!isBinary && !isUtf8(message))
          events.broken('A text message is not valid UTF-8.', closeCodes.badData)
        else events.data(message)
      })
      // What is wrong was told; 'close' follows.
      websocket.on('error', () => undefined)
      websocket.on('close', () => events.closed())
      socket.on('drain', () => events.drained())
    },
    admitted: () => stopCounting(),
    write: buffers => writeTogether(socket, buffers),
    pause: () => websocket.pause(),
    resume: () => websocket.resume(),
    end: code => {
      websocket.onRefused = null
      websocket.resume()
      websocket.close(code)
    },
    destroy: () => websocket.terminate(),
  }
}
