/** The desktop's WebSockets. They say why they fail, and adapt to SockJS endpoints and servers without subprotocols. */
import type { ClientRequest } from 'node:http'
import { WebSocket, type ClientOptions } from 'ws'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Handshake, Log, Socket, SocketFactory } from '../../shared/core/ports.ts'
import { shownAddress } from '../../shared/text/secret-free.ts'
import { headersOf, noHandshake, withQuery } from './handshake.ts'
import { failureOfAnswer, failureOfClose, failureToOpen, type Reach } from './socket-failure.ts'
import { isSockJs } from './sockjs.ts'
import { TcpSocket } from './tcp-socket.ts'
import { trustOf, type Trust } from './trust.ts'

/** How a server is reached, which its address alone does not tell. */
interface Way {
  url: string
  protocols: string[]
}

interface SocketOptions {
  /** Milliseconds after which a silent server counts as unreachable. */
  handshakeTimeout: number
  /** The longest accepted message. Bytes. */
  maxPayload: number
}

/** The message with which `ws` refuses a server that ignores subprotocols; the next attempt offers none. */
const noSubprotocol = 'Server sent no subprotocol'

/** @returns how to reach the raw WebSocket of a SockJS endpoint; null for any other endpoint. */
const wayOfSockJs = async (way: Way, trust: Trust, { headers, query }: Handshake): Promise<Way | null> => {
  const endpoint = new URL(way.url)
  if (endpoint.pathname.endsWith('/websocket')) return null
  if (!(await isSockJs(withQuery(way.url, query), trust, undefined, headers))) return null
  endpoint.pathname = endpoint.pathname.replace(/\/*$/, '/websocket')
  return { ...way, url: endpoint.href }
}

/** Records the progress of the request in `reach`. */
const follow = (request: ClientRequest, reach: Reach): void => {
  request.once('socket', socket => {
    socket.once('lookup', (_error, address) => {
      reach.address = address || null
      reach.since = performance.now()
    })
    socket.once('connect', () => {
      reach.connected = true
    })
  })
}

class DesktopSocket implements Socket {
  readonly url: string
  readyState: number = WebSocket.CONNECTING
  binaryType = 'arraybuffer'
  onopen: Socket['onopen']
  onmessage: Socket['onmessage']
  onerror: Socket['onerror']
  onclose: Socket['onclose']
  onpong: Socket['onpong']
  failure: AppError | null = null
  #socket: WebSocket | null = null
  /** Whether this side closed it. */
  #given = false
  readonly #options: ClientOptions
  readonly #fingerprint: string | null
  readonly #handshake: Handshake
  readonly #remember: (way: Way | null) => void

  /**
   * @param fingerprint of the certificate that counts at a `wss:` address; null for one that an authority vouches for.
   * @param remember is told by which way the server was reached; null where this way leads nowhere (any more).
   */
  constructor(
    url: string,
    options: ClientOptions,
    fingerprint: string | null,
    handshake: Handshake,
    remember: (way: Way | null) => void,
  ) {
    this.url = url
    this.#options = options
    this.#fingerprint = fingerprint
    this.#handshake = { ...handshake, headers: headersOf(handshake) }
    this.#remember = remember
  }

  /** Tries one way, and if the server needs another, that one. */
  connect(way: Way): void {
    const address = new URL(way.url)
    const { host, protocol } = address
    const reach: Reach = { address: null, connected: false, since: performance.now() }
    const trust: Trust = protocol === 'wss:' ? trustOf(this.#fingerprint, host) : {}
    const { headers, query } = this.#handshake
    const socket = new WebSocket(withQuery(way.url, query), way.protocols, {
      ...this.#options,
      headers,
      ...trust,
      finishRequest: request => {
        follow(request, reach)
        if (trust.finishRequest) trust.finishRequest(request)
        else request.end()
      },
    })
    this.#socket = socket
    let failure: AppError | null = null
    let other: Promise<Way | null> = Promise.resolve(null)

    socket.on('unexpected-response', (_request, response) => {
      failure = failureOfAnswer(response, host)
      other = wayOfSockJs(way, trust, this.#handshake)
      response.destroy()
      socket.terminate()
    })
    socket.on('error', error => {
      if (error.message === noSubprotocol) other = Promise.resolve({ ...way, protocols: [] })
      failure ??= failureToOpen(error, address, reach)
    })
    socket.on('open', () => {
      this.readyState = WebSocket.OPEN
      this.#remember(way)
      this.onopen?.()
    })
    socket.on('message', (data: Buffer) => this.onmessage?.({ data }))
    socket.on('pong', () => this.onpong?.())
    socket.on('close', (code, reason) => {
      if (this.readyState === WebSocket.OPEN) {
        this.#end(code, reason.toString(), failureOfClose(code, reason.toString()))
        return
      }
      void other.then(next => {
        if (next && !this.#given) {
          this.connect(next)
        } else {
          this.#remember(null)
          this.#end(code, '', failure)
        }
      })
    })
  }

  /** Ends a socket that never opened. */
  refuse(failure: AppError): void {
    setImmediate(() => this.#end(1006, '', failure))
  }

  send(data: string | ArrayBufferLike | ArrayBufferView): void {
    this.#socket?.send(data)
  }

  ping(): void {
    this.#socket?.ping()
  }

  close(): void {
    this.#giveUp()
    this.#socket?.close()
  }

  terminate(): void {
    this.#giveUp()
    this.#socket?.terminate()
  }

  #giveUp(): void {
    this.#given = true
    if (this.readyState !== WebSocket.CLOSED) this.readyState = WebSocket.CLOSING
  }

  #end(code: number, reason: string, failure: AppError | null): void {
    if (this.readyState === WebSocket.CLOSED) return
    this.readyState = WebSocket.CLOSED
    if (!this.#given) this.failure = failure
    if (this.failure) this.onerror?.(this.failure)
    this.onclose?.({ code, reason, wasClean: code !== 1006 })
  }
}

/** A raw STOMP address: it has no path, and nothing else that the server would be told. */
const isTcpUrl = (url: string): boolean =>
  URL.canParse(url) && /^stomps?:$/.test(new URL(url).protocol) && /^stomps?:\/\/[^/?#@]+$/.test(url)

const isWebSocketUrl = (url: string): boolean =>
  URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol) && new URL(url).hash === ''

/** @returns sockets without compression, which costs 300 kB per connection and leaks lengths. */
export const createSocketFactory = (
  log: Log,
  { handshakeTimeout = 10_000, maxPayload = 16 * 1024 * 1024 }: Partial<SocketOptions> = {},
): SocketFactory => {
  /** By the requested address. */
  const ways = new Map<string, Way>()
  const remember = (url: string, way: Way | null): void => {
    if (!way) ways.delete(url)
    else if (!ways.has(url)) {
      log.info('server-reached', { url: shownAddress(way.url), protocols: way.protocols })
      ways.set(url, way)
    }
  }
  return {
    open: (url, protocols, fingerprint, handshake = noHandshake) => {
      if (isTcpUrl(url)) return new TcpSocket(url, fingerprint, handshakeTimeout)
      const options = { handshakeTimeout, maxPayload, perMessageDeflate: false }
      const socket = new DesktopSocket(url, options, fingerprint, handshake, way => remember(url, way))
      if (isWebSocketUrl(url)) socket.connect(ways.get(url) ?? { url, protocols })
      else socket.refuse({ code: 'url-invalid', params: { url: shownAddress(url) } })
      return socket
    },
  }
}
