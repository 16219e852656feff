/** A peer without a network: both ends of a transport in one object, time and appetite in the test's hands. */
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import type { Version } from '../../../shared/stomp/frame.ts'
import { isLoopbackAddress } from '../../../main/broker/transport/socket.ts'
import type { CloseCode, Transport, TransportEvents } from '../../../main/broker/transport/transport.ts'
import { until } from '../../shared/core/until.ts'

/** A frame as a test looks at it. */
export interface SeenFrame {
  command: string
  headers: Record<string, string>
  body: string
}

export class MemoryPeer implements Transport {
  readonly address: string
  readonly loopback: boolean
  readonly age = 0
  readonly framing = 'none'
  /** Frames that the broker sent. */
  readonly frames: SeenFrame[] = []
  /** Line ends between frames. */
  heartBeats = 0
  writes = 0
  /** How often the broker asked for a sign of life. */
  pings = 0
  paused = false
  /** How the connection ended: with a code, or `cut`. */
  ended: CloseCode | 'cut' | null = null
  backlog = 0
  #events: TransportEvents | null = null
  #stalled: Uint8Array[] | null = null
  readonly #decoder: FrameDecoder

  constructor(version: Version = '1.2', address = '127.0.0.1') {
    this.address = address
    this.loopback = isLoopbackAddress(address)
    this.#decoder = new FrameDecoder(
      { frameBytes: 1e7, headers: 99, headerBytes: 1e5, headerNameLength: 999 },
      version,
    )
  }

  start(events: TransportEvents): void {
    this.#events = events
  }

  write(buffers: readonly Uint8Array[]): void {
    // A real socket would fail.
    if (this.ended !== null) throw new Error('Something was written after the end')
    this.writes++
    for (const buffer of buffers) {
      if (!this.#stalled) this.#take(buffer)
      else {
        this.#stalled.push(buffer)
        this.backlog += buffer.length
      }
    }
  }

  admitted(): void {
    // The decoder's own limits are enough here.
  }

  ping(): void {
    this.pings++
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
  }

  end(code: CloseCode): void {
    this.#close(code)
  }

  destroy(): void {
    this.#close('cut')
  }

  /** Hands bytes to the broker. @param spent milliseconds that the transport had to do with them. */
  give(data: string | Uint8Array, spent = 0): void {
    this.#events?.heard(spent)
    this.#events?.data(typeof data === 'string' ? Buffer.from(data) : data)
  }

  /** Sends a frame; headers are written as they stand. */
  send(command: string, headers: Record<string, string> = {}, body = ''): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
    this.give(`${command}\n${lines.join('')}\n${body}\0`)
  }

  /** The peer's side goes away. */
  leave(): void {
    this.#events?.closed()
  }

  /** Stops taking bytes. */
  stall(): void {
    this.#stalled ??= []
  }

  /** Takes all that has gathered, and whatever comes. */
  takeAll(): void {
    const waiting = this.#stalled ?? []
    this.#stalled = null
    this.backlog = 0
    for (const buffer of waiting) this.#take(buffer)
    this.#events?.drained()
  }

  /** @returns the first frame of that command that has come, waiting for it. */
  waitFor(command: string): Promise<SeenFrame> {
    return until(() => {
      const frame = this.frames.find(candidate => candidate.command === command)
      if (!frame) throw new Error(`No ${command} among ${JSON.stringify(this.frames)}`)
      return frame
    })
  }

  /** @returns the RECEIPT with that id, waiting for it. */
  async receipt(id: string): Promise<void> {
    await until(() =>
      this.frames.some(({ command, headers }) => command === 'RECEIPT' && headers['receipt-id'] === id),
    )
  }

  /** Bodies of the MESSAGE frames that have come. */
  get bodies(): string[] {
    return this.frames.filter(({ command }) => command === 'MESSAGE').map(({ body }) => body)
  }

  #take(bytes: Uint8Array): void {
    if (bytes.length === 1 && bytes[0] === 10) this.heartBeats++
    this.#decoder.push(bytes)
    for (let frame = this.#decoder.next(); frame; frame = this.#decoder.next())
      this.frames.push({
        command: frame.command,
        headers: Object.fromEntries(frame.headers),
        body: Buffer.from(frame.body).toString(),
      })
  }

  #close(how: CloseCode | 'cut'): void {
    this.ended ??= how
  }
}
