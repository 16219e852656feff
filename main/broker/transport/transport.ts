/** How the bytes of one peer come and go: a WebSocket, a TCP socket, or a pair in memory. */
import type { ActiveLimits } from '../options/limits.ts'
import type { BrokerLog } from '../options/log.ts'

/** Whether every frame travels as a WebSocket message of its own, or as it is. */
export type Framing = 'websocket' | 'none'

/** Why the broker closes: WebSocket close codes (RFC 6455, 7.4.1). */
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
   * Bytes have come, whatever they are: a sign of life, though what they belong to is not whole yet.
   * @param spent milliseconds that the transport itself has spent on them.
   */
  heard(spent: number): void
  /** The chunk is the listener's to keep; nobody writes to it any more. */
  data(chunk: Uint8Array): void
  /** What came can't be read, for a reason the transport sees first (a WebSocket message too large, or no UTF-8). */
  broken(reason: string, code: CloseCode): void
  /** The backlog is empty again. */
  drained(): void
  /** Once, at the end, whoever ended it. */
  closed(): void
}

export interface Transport {
  /** IP address of the peer. */
  readonly address: string
  /** Whether the peer is this computer. */
  readonly loopback: boolean
  /** How long the socket was open already when the broker got it: handshakes take time. Milliseconds. */
  readonly age: number
  readonly framing: Framing
  /** Bytes given to {@link write} that the operating system has not taken yet. */
  readonly backlog: number
  /** Begins to read; called once. */
  start(events: TransportEvents): void
  /** The peer is admitted: from here on the wider limits hold. */
  admitted(): void
  /** Writes these buffers, framed already, in one go; never after {@link end}. */
  write(buffers: readonly Uint8Array[]): void
  /** Asks the peer for a sign of life, where the transport has a way to; the answer is {@link TransportEvents.heard}. */
  ping(): void
  pause(): void
  resume(): void
  /** Closes after what was written. A peer that does not close its side is cut soon. */
  end(code: CloseCode): void
  /** Cuts the connection at once. */
  destroy(): void
}

/** The broker, as its listeners see it. */
export interface Acceptor {
  /** For the `server` header of CONNECTED: name/version. */
  readonly serverName: string
  readonly limits: ActiveLimits
  readonly log: BrokerLog
  /** Takes a new peer; one beyond the limits gets an ERROR and is closed. */
  accept(transport: Transport): void
}
