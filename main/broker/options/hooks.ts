/** The broker's interface to the application behind it. The broker knows STOMP and nothing of chat. */

/** Headers of one frame, unescaped; the first of repeated ones. */
type Headers = ReadonlyMap<string, string>

/** The person or program behind a connection. The broker stores it without interpreting it. */
export interface Principal {
  id: string
  name: string
  /** Whether the id changes with each connection; guests of one address share a quota. */
  isGuest?: boolean
}

export interface ConnectRequest {
  login: string | undefined
  passcode: string | undefined
  headers: Headers
  /** IP address of the peer. */
  address: string
  /** Whether the peer is this computer. */
  loopback: boolean
}

/** Why a request is refused: `message` is the ERROR's short header, `detail` a full sentence for the peer. */
export interface Refusal {
  message: string
  detail?: string
  /** Further headers of the ERROR frame, such as a machine-readable `code`. */
  headers?: Readonly<Record<string, string>>
}

export type Admission =
  | { ok: true; principal: Principal; headers?: Readonly<Record<string, string>> }
  | { ok: false; refusal: Refusal }

/** One connection, as the application sees it. */
export interface Client {
  /** Unique while the broker runs. */
  readonly id: string
  readonly principal: Principal
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly connectedAt: number
  /** Delivers to this connection's own subscription to `/user/queue/…`. @returns false if it has none. */
  sendToUser(destination: string, message: OutgoingMessage): boolean
  /** @returns whether it has a subscription to exactly this destination. */
  subscribes(destination: string): boolean
  /** @returns the destinations of its subscriptions. */
  destinations(): string[]
  /** Ends its subscriptions to matching destinations at once. The peer may still UNSUBSCRIBE them or reuse their ids. */
  endSubscriptions(matches: (destination: string) => boolean): void
  /** Sends an ERROR and closes the connection. */
  close(refusal: Refusal): void
}

export interface OutgoingMessage {
  headers?: Readonly<Record<string, string>>
  /** Text is sent as UTF-8. */
  body: Uint8Array | string
}

/** A message for all subscribers of a destination. */
export interface Broadcast extends OutgoingMessage {
  /** Its position in the destination's history, where the destination keeps one. */
  offset?: number | undefined
  /** Skips wildcard subscriptions: only subscribers of exactly this destination get it. */
  byNameOnly?: boolean | undefined
}

export interface IncomingMessage {
  destination: string
  headers: Headers
  body: Uint8Array
}

/** Thrown by a hook to refuse a frame. The peer gets it at `/user/queue/errors` if it subscribes there, otherwise as an ERROR and a close. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export interface BrokerHooks {
  /** Decides at CONNECT whether to admit the peer, and as whom. */
  admit(request: ConnectRequest): Admission | Promise<Admission>
  /** Called after CONNECTED was sent. */
  connected?(client: Client): void
  /** @returns why the client may not subscribe to the destination, or null. */
  refuseSubscribe?(client: Client, destination: string): Refusal | null
  /** @returns why the client may not send to the destination, or null. Not called for `/app/…`. */
  refuseSend?(client: Client, destination: string): Refusal | null
  /**
   * @returns whether the client may use the reserved last tenth of queues, streams and durable subscriptions. Without
   *   this hook no client may.
   */
  hasReserve?(client: Client): boolean
  /** Handles a SEND to `/app/…`. The RECEIPT follows when it resolves. Rejects with {@link RefusedError}. */
  handleSend?(client: Client, message: IncomingMessage): void | Promise<void>
  /**
   * @returns whether the peer's next frames wait until a SEND to this `/app/…` destination is handled. SENDs to other destinations overlap;
   *   without this hook all do.
   */
  isSequential?(destination: string): boolean
  /** Handles a SUBSCRIBE to `/app/…`: the returned messages are delivered once, as the answer. */
  handleSubscribe?(client: Client, destination: string): OutgoingMessage[] | Promise<OutgoingMessage[]>
  /** Called when the client gains a subscription. */
  subscribed?(client: Client, destination: string): void
  /** Called when the client loses a subscription, for whatever reason. */
  unsubscribed?(client: Client, destination: string): void
  /** Called when the connection has ended, for whatever reason. */
  disconnected?(client: Client): void
}

export interface StreamEntry {
  offset: number
  /** Milliseconds since the epoch. */
  timestamp: number
  /** Headers and body as they were published. */
  headers: Readonly<Record<string, string>>
  body: Uint8Array
}

/** An answer, now or later. */
export type Awaitable<Value> = Value | Promise<Value>

/**
 * The store of histories. It may answer asynchronously, for example from another machine; its answer then covers all
 * messages published before the call.
 */
export interface StreamStore {
  /** @returns whether this destination keeps a history. */
  has(destination: string): boolean
  /** @returns the oldest stored offset, and the offset of the next entry. */
  bounds(destination: string): Awaitable<{ first: number; next: number }>
  /** @returns up to `limit` entries from `offset` on, in order. */
  read(destination: string, offset: number, limit: number): Awaitable<StreamEntry[]>
  /** @returns the offset of the first entry at or after this time (milliseconds since the epoch), or `next`. */
  offsetAt(destination: string, timestamp: number): Awaitable<number>
}
