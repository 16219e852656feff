/** What the broker asks of the application behind it. The broker knows STOMP and nothing of chat. */

/** Headers of one frame, unescaped; of repeated ones the first. */
type Headers = ReadonlyMap<string, string>

/** Who a connection speaks as; the broker keeps it and never looks inside. */
export interface Principal {
  id: string
  name: string
  /** Whether they get a new id with each connection: such people share a quota. */
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

/** A clear sentence for the peer, and a short header for the ERROR's `message`. */
export interface Refusal {
  message: string
  detail?: string
  /** Extra headers of the ERROR frame, such as a machine-readable `code`. */
  headers?: Readonly<Record<string, string>>
}

export type Admission =
  | { ok: true; principal: Principal; headers?: Readonly<Record<string, string>> }
  | { ok: false; refusal: Refusal }

/** One connection, as the application may see it. */
export interface Client {
  /** Unique while the broker runs. */
  readonly id: string
  readonly principal: Principal
  readonly address: string
  /** Milliseconds since the epoch. */
  readonly connectedAt: number
  /** Delivers to this connection's own subscription to `/user/queue/…`. @returns whether there is one. */
  sendToUser(destination: string, message: OutgoingMessage): boolean
  /** @returns whether it has a subscription to exactly this destination. */
  subscribes(destination: string): boolean
  /** @returns the destination of each of its subscriptions. */
  destinations(): string[]
  /** Ends its subscriptions to such destinations at once. It may still UNSUBSCRIBE them, or take their ids for new ones. */
  endSubscriptions(matches: (destination: string) => boolean): void
  /** Sends ERROR and closes. */
  close(refusal: Refusal): void
}

export interface OutgoingMessage {
  headers?: Readonly<Record<string, string>>
  /** Text is sent as UTF-8. */
  body: Uint8Array | string
}

/** A message for everybody who subscribes to a destination. */
export interface Broadcast extends OutgoingMessage {
  /** Its place in the history of a destination that keeps one. */
  offset?: number | undefined
  /** Goes to those alone who name the destination: wildcards do not reach it. */
  byNameOnly?: boolean | undefined
}

export interface IncomingMessage {
  destination: string
  headers: Headers
  body: Uint8Array
}

/** Thrown by a hook to refuse a frame: goes to `/user/queue/errors` where the peer listens there, else as ERROR and a close. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export interface BrokerHooks {
  /** Decides on CONNECT who it is. */
  admit(request: ConnectRequest): Admission | Promise<Admission>
  /** The client has its CONNECTED frame. */
  connected?(client: Client): void
  /** @returns why the client may not subscribe there; null where it may. */
  refuseSubscribe?(client: Client, destination: string): Refusal | null
  /** @returns why the client may not send there; null where it may. Not asked for `/app/…`. */
  refuseSend?(client: Client, destination: string): Refusal | null
  /** @returns whether the client may open the last tenth of all queues, streams and durable subscriptions; without it nobody may. */
  hasReserve?(client: Client): boolean
  /** SEND to `/app/…`. The RECEIPT is given when it resolves. Rejects with {@link RefusedError}. */
  handleSend?(client: Client, message: IncomingMessage): void | Promise<void>
  /** SUBSCRIBE to `/app/…`: the messages it returns are the answer, given once. */
  handleSubscribe?(client: Client, destination: string): OutgoingMessage[] | Promise<OutgoingMessage[]>
  /** The client has a new subscription. */
  subscribed?(client: Client, destination: string): void
  /** The client has one subscription less, for whatever reason. */
  unsubscribed?(client: Client, destination: string): void
  /** The connection is gone, for whatever reason. */
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

/** Where the broker keeps the history of destinations that have one. Methods are synchronous: the store is local. */
export interface StreamStore {
  /** @returns whether this destination keeps history. */
  has(destination: string): boolean
  /** First offset kept, and the one that the next entry will get. */
  bounds(destination: string): { first: number; next: number }
  /** Up to `limit` entries from `offset` on, in order. */
  read(destination: string, offset: number, limit: number): StreamEntry[]
  /** @returns the offset of the first entry at or after this time (milliseconds since the epoch); `next` where there is none. */
  offsetAt(destination: string, timestamp: number): number
}
