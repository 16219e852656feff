/** A TCP or TLS socket as a transport. */
import type { Socket } from 'node:net'
import { endSocket, isLoopbackAddress, peerAddress, writeTogether } from './socket.ts'
import type { Transport, TransportEvents } from './transport.ts'

export class TcpTransport implements Transport {
  readonly address: string
  readonly loopback: boolean
  readonly age: number
  readonly framing = 'none'
  readonly #socket: Socket

  /** @param age how long the socket has been open. Milliseconds. */
  constructor(socket: Socket, age: number) {
    this.#socket = socket
    this.address = peerAddress(socket.remoteAddress)
    this.loopback = isLoopbackAddress(this.address)
    this.age = age
  }

  get backlog(): number {
    return this.#socket.writableLength
  }

  start(events: TransportEvents): void {
    this.#socket.on('data', chunk => {
      events.heard(0)
      events.data(chunk)
    })
    this.#socket.on('drain', () => events.drained())
    // A half-closed peer (such as `nc`) still gets the answers of this tick.
    this.#socket.on('end', () => setImmediate(() => this.#socket.end()))
    // 'close' follows.
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => events.closed())
  }

  admitted(): void {
    // The decoder's own limits are enough here.
  }

  write(buffers: readonly Uint8Array[]): void {
    writeTogether(this.#socket, buffers)
  }

  ping(): void {
    // TCP has no ping that the peer's operating system would answer.
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    endSocket(this.#socket)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}
