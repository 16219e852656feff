/** The frames of one session on one socket; the only importer of @stomp/stompjs. It does not interpret the frames. */
import { Client, FrameImpl, Parser, StompHeaders, Versions, type IFrame } from '@stomp/stompjs'
import type { AppError } from '../../contract/errors.ts'
import type { Sending, Subscription } from '../dialect/dialect.ts'
import type { Handshake, Socket, SocketFactory } from '../ports.ts'
import { escapeHeader } from '../../stomp/header-escapes.ts'
import { FrameReader, largestFrame } from './frame-reader.ts'

/** The requested heart-beat in both directions. Milliseconds. */
export const heartBeat = 10_000
export type StompVersion = '1.0' | '1.1' | '1.2'

export interface WireFrame {
  command: string
  headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** The body's bytes as received. */
  readonly binaryBody: Uint8Array
}

/** An event for observers. In the CONNECT frame, values that may be secrets are replaced by {@link hidden}. */
export type WireEvent =
  | { name: 'opened'; url: string }
  | { name: 'sent' | 'received'; frame: WireFrame }
  | { name: 'beat-sent' | 'beat-received' }
  /** `error` is null after a DISCONNECT. */
  | { name: 'ended'; error: AppError | null }

export const hidden = '•••'
/** CONNECT headers that contain no secret. */
const openHeaders = new Set(['accept-version', 'heart-beat', 'host', 'login', 'content-length'])

/** @returns the values of CONNECT headers that may be secrets. */
export const secretsOf = (connectHeaders: Readonly<Record<string, string>>): string[] =>
  Object.entries(connectHeaders).flatMap(([name, value]) => (openHeaders.has(name) ? [] : [value]))

/** The session that the wire belongs to. */
export interface WireOwner {
  /** Bytes have arrived. */
  heard(): void
  /** A frame is complete, or a heart-beat has arrived (null). A MESSAGE reaches its subscription after that. */
  taken(frame: WireFrame | null): void
  /** A MESSAGE could not be processed, because of a fault of ours; the session goes on. */
  stumbled(thrown: unknown): void
  /** A frame exceeds the limit; no more data is accepted. */
  overflowed(): void
  closed(): void
}

export interface WireOptions {
  sockets: SocketFactory
  url: string
  /** As in {@link SocketFactory.open}. */
  fingerprint: string | null
  handshake?: Handshake
  /** STOMP versions to offer, the best first. */
  versions: readonly StompVersion[]
  /** They can't be escaped (STOMP 1.2, "Value Encoding"), so line breaks in values become spaces. */
  connectHeaders: Readonly<Record<string, string>>
}

/** A requested subscription. */
export interface WireSubscription {
  id: string
  /** Sends an UNSUBSCRIBE for each of these further headers. */
  unsubscribe: (further: readonly Readonly<Record<string, string>>[]) => void
}

const utf8 = new TextEncoder()
const bytesOf = (data: string | ArrayBuffer | Uint8Array): Uint8Array => {
  if (typeof data === 'string') return utf8.encode(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

/**
 * @returns the headers escaped for STOMP 1.1 and 1.0, which the library does for 1.2 alone: a line break in a value would
 *   become a header of its own. No version has an escape for NUL, which ends a frame.
 */
const escapedFor = (
  version: string | undefined,
  headers: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = value.replaceAll('\0', ' ')
      if (version === '1.2') return [name, text]
      // 1.1 has no escape for a carriage return, which may end a line.
      return version === '1.1'
        ? [name, escapeHeader(text.replaceAll('\r', ' '), '1.1')]
        : [name, escapeHeader(text, '1.0')]
    }),
  )

const stompHeaders = (headers: Readonly<Record<string, string>>): StompHeaders =>
  Object.assign(new StompHeaders(), headers)

const withoutLineBreaks = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(/[\r\n\0]+/g, ' ')]))

const withoutSecrets = (frame: IFrame): WireFrame => {
  if (frame.command !== 'CONNECT') return frame
  const { command, body, binaryBody } = frame
  const headers: WireFrame['headers'] = frame.headers
  const shown = Object.entries(headers).map(
    ([name, value]) => [name, openHeaders.has(name) ? value : hidden] as const,
  )
  return { command, headers: Object.fromEntries(shown), body, binaryBody }
}

/** Connects when it is made, and reports events to its owner. */
export class Wire {
  readonly #owner: WireOwner
  readonly #socket: Socket
  readonly #client = new Client()
  readonly #observers = new Set<(event: WireEvent) => void>()
  readonly #reader: FrameReader
  /** By subscription id. */
  readonly #receivers = new Map<string, (frame: WireFrame) => void>()
  /** Bytes that the library has read since its last complete frame; it has no limit of its own. */
  #unframed = 0
  #isOpened = false
  #answersPings = false
  #isClosing = false
  #isCut = false

  constructor(options: WireOptions, owner: WireOwner) {
    const versions = new Versions([...options.versions])
    this.#owner = owner
    const { sockets, url, fingerprint, handshake } = options
    this.#socket = sockets.open(url, versions.protocolVersions(), fingerprint, handshake)
    const client = this.#client
    client.stompVersions = versions
    client.connectHeaders = stompHeaders(withoutLineBreaks(options.connectHeaders))
    client.reconnectDelay = 0
    client.heartbeatOutgoing = heartBeat
    client.heartbeatIncoming = heartBeat
    // The library's own check uses the wall clock, which may be set back; ours does not.
    client.heartbeatToleranceMultiplier = Number.POSITIVE_INFINITY
    client.discardWebsocketOnCommFailure = true
    // Without this the library serializes the headers of every frame again, for a log that is not used.
    client.logRawCommunication = true
    const take = (frame: WireFrame): void => this.#take(frame)
    client.onConnect = take
    client.onStompError = take
    client.onUnhandledReceipt = take
    client.onUnhandledMessage = take
    client.onUnhandledFrame = take
    // The RECEIPT of DISCONNECT, which only the library sees.
    client.onDisconnect = frame => this.tell({ name: 'received', frame })
    client.onHeartbeatReceived = () => this.#takeBeat()
    client.onWebSocketClose = () => owner.closed()
    const watched = this.#watchedSocket()
    this.#reader = new FrameReader({
      onMessage: message => this.#deliver(message),
      onError: take,
      forward: bytes => this.#forward(bytes, watched),
      onOverflow: () => owner.overflowed(),
    })
    client.webSocketFactory = () => watched
    client.activate()
  }

  /** Whether the socket was ever open. */
  get isOpened(): boolean {
    return this.#isOpened
  }

  /** Why the socket could not be opened, or was lost, if known. */
  get failure(): AppError | null {
    return this.#socket.failure
  }

  /** SEND. @param receipt its `receipt` header. */
  send({ destination, body, headers, contentType = 'application/json' }: Sending, receipt: string): void {
    const escaped = this.#escaped({ ...headers, destination, receipt, 'content-type': contentType })
    this.#client.publish({
      destination: escaped.destination ?? destination,
      ...(typeof body === 'string' ? { body } : { binaryBody: body }),
      headers: escaped,
    })
  }

  /**
   * SUBSCRIBE. An `id` is generated unless the headers contain one.
   * @param onMessage is not called after {@link close} or {@link cut}.
   */
  subscribe(
    { destination, headers }: Subscription,
    receipt: string,
    onMessage: (frame: WireFrame) => void,
  ): WireSubscription {
    const take = (frame: WireFrame): void => {
      this.#take(frame)
      if (!this.#isClosing) onMessage(frame)
    }
    const escaped = this.#escaped({ ...headers, destination, receipt })
    const { id: generated, unsubscribe } = this.#client.subscribe(
      escaped.destination ?? destination,
      take,
      escaped,
    )
    const id = headers.id ?? generated
    this.#receivers.set(id, take)
    return {
      id,
      unsubscribe: further => {
        this.#receivers.delete(id)
        for (const each of further) unsubscribe(this.#escaped(each))
      },
    }
  }

  /**
   * ACK or NACK of a MESSAGE. STOMP 1.2 names the message by its `ack` header, 1.1 by `message-id` and `subscription`,
   * and 1.0 by `message-id`; 1.0 has no NACK.
   * @returns whether it was sent.
   */
  answer(command: 'ACK' | 'NACK', { headers }: Pick<WireFrame, 'headers'>): boolean {
    const version = this.#client.connectedVersion ?? '1.0'
    const id = version === '1.2' ? headers.ack : headers['message-id']
    if (id === undefined || (command === 'NACK' && version === '1.0')) return false
    const named = this.#escaped({ id, subscription: headers.subscription ?? '' })
    if (command === 'ACK') this.#client.ack(named.id ?? '', named.subscription ?? '')
    else this.#client.nack(named.id ?? '', named.subscription ?? '')
    return true
  }

  /** An empty transaction: the broker itself answers it, and it has no effect. */
  sendEmptyTransaction(receipt: string): void {
    this.#write(`BEGIN\ntransaction:${receipt}\nreceipt:${receipt}\n\n\0`)
    this.#write(`ABORT\ntransaction:${receipt}\n\n\0`)
  }

  /**
   * Sends a heart-beat, and a WebSocket ping if the runtime supports it. @returns whether the other end has answered
   * such a ping before.
   */
  ping(): boolean {
    this.#write('\n')
    this.tryPing()
    return this.#answersPings
  }

  /** Sends only a WebSocket ping, to learn whether the other end answers it. */
  tryPing(): void {
    this.#socket.ping?.()
  }

  /** Sends DISCONNECT, and resolves when the socket is closed. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#client.deactivate()
  }

  /** Closes the socket without a DISCONNECT. Ignores any data that still arrives. */
  async cut(): Promise<void> {
    this.#isClosing = true
    this.#isCut = true
    await this.#client.deactivate({ force: true })
  }

  /** @param listener receives all later events. @returns a function that removes it. */
  observe(listener: (event: WireEvent) => void): () => void {
    this.#observers.add(listener)
    return () => void this.#observers.delete(listener)
  }

  /** Tells the observers. */
  tell(event: WireEvent): void {
    for (const observer of this.#observers) observer(event)
  }

  #escaped(headers: Readonly<Record<string, string>>): StompHeaders {
    return stompHeaders(escapedFor(this.#client.connectedVersion, headers))
  }

  /** Hands a MESSAGE to its subscription. */
  #deliver(message: WireFrame): void {
    if (this.#isCut) return
    try {
      const receive = this.#receivers.get(message.headers.subscription ?? '')
      if (receive) receive(message)
      else this.#take(message)
    } catch (thrown) {
      // One message must not end the session, or the app.
      this.#owner.stumbled(thrown)
    }
  }

  #take(frame: WireFrame): void {
    this.#unframed = 0
    if (this.#observers.size > 0) this.tell({ name: 'received', frame })
    this.#owner.taken(frame)
  }

  #takeBeat(): void {
    this.#unframed = 0
    this.tell({ name: 'beat-received' })
    this.#owner.taken(null)
  }

  /** Lets the library read these bytes. */
  #forward(bytes: ArrayBuffer, library: StompSocket): void {
    if (this.#isCut) return
    this.#unframed += bytes.byteLength
    if (this.#unframed <= largestFrame) library.onmessage?.({ data: bytes })
    else this.#owner.overflowed()
  }

  #write(data: string | ArrayBufferLike | ArrayBufferView): void {
    if (this.#observers.size > 0) this.#tellSent(data)
    this.#socket.send(data)
  }

  #tellSent(data: string | ArrayBufferLike | ArrayBufferView): void {
    const parser = new Parser(
      raw => {
        const isEscaped = (this.#client.connectedVersion ?? '1.0') !== '1.0'
        this.tell({ name: 'sent', frame: withoutSecrets(FrameImpl.fromRawFrame(raw, isEscaped)) })
      },
      () => this.tell({ name: 'beat-sent' }),
    )
    if (typeof data === 'string' || data instanceof ArrayBuffer) parser.parseChunk(data)
  }

  /** @returns the socket in the shape that @stomp/stompjs expects of a WebSocket, with its traffic observed. */
  #watchedSocket(): StompSocket {
    const socket = this.#socket
    const watched: StompSocket = {
      url: socket.url,
      get readyState() {
        return socket.readyState
      },
      binaryType: 'arraybuffer',
      onopen: null,
      onmessage: null,
      onerror: null,
      onclose: null,
      send: data => this.#write(data),
      close: () => socket.close(),
      terminate: () => socket.terminate(),
    }
    socket.binaryType = 'arraybuffer'
    socket.onopen = event => {
      this.#isOpened = true
      this.tell({ name: 'opened', url: socket.url })
      watched.onopen?.(event)
    }
    socket.onpong = () => {
      this.#answersPings = true
      this.#owner.heard()
    }
    socket.onerror = event => watched.onerror?.(event)
    socket.onclose = event => watched.onclose?.(event)
    socket.onmessage = ({ data }) => {
      if (data === undefined || this.#isCut) return
      this.#owner.heard()
      this.#reader.read(bytesOf(data))
    }
    return watched
  }
}

/** The part of WebSocket that @stomp/stompjs uses. */
interface StompSocket {
  readonly url: string
  readonly readyState: number
  binaryType: string
  onopen: ((event?: unknown) => unknown) | null
  onmessage: ((event: { data: ArrayBuffer }) => unknown) | null
  onerror: ((event: unknown) => unknown) | null
  onclose: ((event?: unknown) => unknown) | null
  send(data: string | ArrayBufferLike | ArrayBufferView): void
  close(): void
  terminate(): void
}
