/** STOMP over plain TCP or TLS, for `stomp:` and `stomps:` addresses. It fails with the same sentences as a WebSocket. */
import { connect as connectTcp, isIP, type Socket as NetSocket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { Socket } from '../../shared/core/ports.ts'
import { showsCertificate } from './pinned-certificate.ts'
import { defaultPorts, failureToOpen, timedOut, type Reach } from './socket-failure.ts'
import { authorities } from './trust.ts'

/** The values of `readyState`, as a WebSocket has them. */
const states = { connecting: 0, open: 1, closing: 2, closed: 3 }

export class TcpSocket implements Socket {
  readonly url: string
  readyState: number = states.connecting
  onopen: Socket['onopen']
  onmessage: Socket['onmessage']
  onerror: Socket['onerror']
  onclose: Socket['onclose']
  failure: AppError | null = null
  readonly #socket: NetSocket
  readonly #address: URL
  /** Ends an attempt that takes too long. */
  readonly #timer: NodeJS.Timeout
  readonly #reach: Reach = { address: null, connected: false, since: performance.now() }
  /** Whether this side closed it. */
  #given = false

  /**
   * Connects.
   * @param url a valid `stomp:` or `stomps:` address.
   * @param fingerprint as in {@link import('../../shared/core/ports.ts').SocketFactory.open}.
   * @param timeout milliseconds after which a silent server counts as unreachable.
   */
  constructor(url: string, fingerprint: string | null, timeout: number) {
    this.url = url
    this.#address = new URL(url)
    const { protocol, hostname } = this.#address
    const host = hostname.replace(/^\[|\]$/g, '')
    const place = { host, port: Number(this.#address.port) || (defaultPorts[protocol] ?? 0) }
    const socket = protocol === 'stomps:' ? this.#secure(place, fingerprint) : connectTcp(place)
    this.#socket = socket
    if (protocol === 'stomp:') socket.once('connect', () => this.#open())
    this.#timer = setTimeout(() => socket.destroy(new Error(timedOut)), timeout)
    socket.setNoDelay(true)
    socket.once('lookup', (_error, address: string) => {
      this.#reach.address = address || null
      this.#reach.since = performance.now()
    })
    socket.once('connect', () => {
      this.#reach.connected = true
    })
    socket.on('data', (data: Buffer) => this.onmessage?.({ data }))
    socket.on('error', error => this.#failed(error))
    socket.on('close', () => this.#end())
  }

  send(data: string | ArrayBufferLike | ArrayBufferView): void {
    if (typeof data === 'string') this.#socket.write(data)
    else if (ArrayBuffer.isView(data))
      this.#socket.write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    else this.#socket.write(new Uint8Array(data))
  }

  close(): void {
    this.#giveUp()
    this.#socket.end()
  }

  terminate(): void {
    this.#giveUp()
    this.#socket.destroy()
  }

  #secure(place: { host: string; port: number }, fingerprint: string | null): NetSocket {
    const trust = fingerprint === null ? { ca: authorities() } : { rejectUnauthorized: false }
    const socket = connectTls({
      ...place,
      ...trust,
      ...(isIP(place.host) === 0 && { servername: place.host }),
    })
    socket.once('secureConnect', () => {
      if (fingerprint === null || showsCertificate(socket, fingerprint)) this.#open()
      else socket.destroy(new Failure('certificate-changed', { host: this.#address.host }))
    })
    return socket
  }

  #open(): void {
    clearTimeout(this.#timer)
    this.readyState = states.open
    this.onopen?.()
  }

  #failed(error: Error): void {
    this.failure ??=
      this.readyState === states.connecting
        ? failureToOpen(error, this.#address, this.#reach)
        : { code: 'connection-lost', detail: error.message }
  }

  #giveUp(): void {
    this.#given = true
    if (this.readyState !== states.closed) this.readyState = states.closing
  }

  #end(): void {
    clearTimeout(this.#timer)
    if (this.readyState === states.open) this.failure ??= { code: 'connection-lost' }
    if (this.#given) this.failure = null
    this.readyState = states.closed
    if (this.failure) this.onerror?.(this.failure)
    this.onclose?.({ code: this.failure ? 1006 : 1000, reason: '', wasClean: this.failure === null })
  }
}
