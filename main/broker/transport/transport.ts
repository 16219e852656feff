/** How the broker reads from and writes to one peer: a WebSocket, a TCP socket, or a pair in memory. */
import type { ActiveLimits } from '../options/limits.ts'
import type { BrokerLog } from '../options/log.ts'

/** Whether each frame is sent as a WebSocket message of its own, or as plain bytes. */
export type Framing = 'websocket' | 'none'

/** WebSocket close codes that the broker uses (RFC 6455, 7.4.1). */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  badData: 1007,
  policy: 1008,
  tooBig: 1009,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]

export interface TransportEvents {
  /**
   * Bytes have arrived: a sign of life, even if they do not complete anything yet.
   * @param spent milliseconds that the transport has spent on them.
   */
  heard(spent: number): void
  /** The listener owns the chunk. */
  data(chunk: Uint8Array): void
  /** The input is unreadable for a reason that the transport detects, such as a WebSocket message that is too large or not UTF-8. */
  broken(reason: string, code: CloseCode): void
  /** The backlog is empty again. */
  drained(): void
  /** Called once at the end, whichever side closed. */
  closed(): void
}

export interface Transport {
  /** IP address of the peer. */
  readonly address: string
  /** Whether the peer is this computer. */
  readonly loopback: boolean
  /** How long the socket had been open when the broker got it, because of handshakes. Milliseconds. */
  readonly age: number
  readonly framing: Framing
  /** Bytes passed to {@link write} that the operating system has not taken yet. */
  readonly backlog: number
  /** Starts reading; called once. */
  start(events: TransportEvents): void
  /** The peer is admitted: the wider limits apply from now on. */
  admitted(): void
  /** Writes these buffers, which are framed already, in one go. Never called after {@link end}. */
  write(buffers: readonly Uint8Array[]): void
  /** Pings the peer, where the transport can; the answer is {@link TransportEvents.heard}. */
  ping(): void
  pause(): void
  resume(): void
  /** Closes after the last write. A peer that does not close its side is cut soon after. */
  end(code: CloseCode): void
  /** Closes the socket at once. */
  destroy(): void
}

/** The broker, as its listeners see it. */
export interface Acceptor {
  /** For the `server` header of CONNECTED: name/version. */
  readonly serverName: string
  readonly limits: ActiveLimits
  readonly log: BrokerLog
  /** Takes a new peer. A peer over the limits gets an ERROR and is closed. */
  accept(transport: Transport): void
}
