/** The ports that the core needs from its runtime: Electron's main process or a guest's browser page. */
import type { ArrivedMessage, ResumePoint, Stored } from '../cache/stored.ts'
import type { Step } from '../contract/doctor.ts'
import type { AppError } from '../contract/errors.ts'
import type {
  Delivery,
  Message,
  MessageId,
  MessagePage,
  Person,
  Room,
  RoomId,
  RoomKey,
  SearchPage,
  ServerId,
  ServerProfile,
} from '../contract/model.ts'

export type { ArrivedMessage, ResumePoint, Stored }

/** A server as stored: its profile without the fields that come from the key store and the server's kind. */
export type StoredServer = Omit<ServerProfile, 'hasPasscode' | 'keptSecrets' | 'features'>

/** The state on disk at start-up, without the messages. */
export interface CachedState {
  person: Person | null
  servers: StoredServer[]
  rooms: Room[]
}

/** A room to store. */
export type NewRoom = Pick<
  Room,
  'serverId' | 'roomId' | 'kind' | 'name' | 'topic' | 'personId' | 'joined' | 'absence' | 'archived'
> & {
  /** The tail of the server's history when the person joined the room: earlier messages count as read. */
  readOffset?: number | null
  /** For an invitation: as `invitedBy` of a room. */
  invitedBy?: string | null
}

/** An own message that waits to be sent. */
export interface OutboxEntry {
  message: Message
  serverId: ServerId
  roomId: RoomId
  /** How often it was sent. */
  attempts: number
}

/**
 * The local cache. Every method is one atomic transaction, and is on disk when it answers. Methods reject with {@link
 * import('../contract/errors.ts').Failure} `disk-full`, `disk-readonly`, `cache-corrupt` or `cache-failed`, and with
 * `not-found` for an unknown room or message.
 */
export interface MessageCache {
  load(): Promise<CachedState>
  savePerson(person: Person): Promise<void>

  saveServer(server: StoredServer): Promise<void>
  /** Removes the server with its rooms, messages and outbox. */
  removeServer(id: ServerId): Promise<void>

  /**
   * Inserts the room, or changes its kind, name, topic, person, `joined`, `absence` and `archived`; counts, preview and
   * draft stay unchanged, and `readOffset` only applies to a new room. An open invitation stays until {@link
   * endInvitation}, or until the person is no longer in the room.
   */
  saveRoom(room: NewRoom): Promise<Room>
  removeRoom(room: RoomKey): Promise<void>
  saveDraft(room: RoomKey, text: string): Promise<Room>
  /** The person has opened the room: `invitedBy` becomes null. */
  endInvitation(room: RoomKey): Promise<Room>
  /** Moves the read mark forward to `upTo` (never back) and counts unread messages and mentions again. */
  markRead(room: RoomKey, upTo: MessageId): Promise<Room>
  /** @returns where to resume the server's history of the room; null if nothing has been received. */
  resumePoint(room: RoomKey): Promise<ResumePoint | null>

  /** @returns until when the person followed the room, in ms since the epoch; null if they never did. */
  followedUntil(room: RoomKey): Promise<number | null>
  /** The rooms were followed until `at` (ms since the epoch); null once the person has left them. */
  saveFollowed(rooms: RoomKey[], at: number | null): Promise<void>

  /**
   * Stores messages from the wire, in order. A message with a known room and id is not stored again: it gets its
   * offset, time and position, and an own one that was `queued`, `sent` or `failed` becomes `confirmed` and leaves the
   * outbox. Unread messages, mentions and previews of the rooms are updated. The target of a new deletion keeps its
   * position and loses its text. A message before the room's `readOffset` moves the read mark up to itself; after the
   * last of them `readOffset` is cleared, because the server may start counting again some day. Messages of rooms that
   * are not in the cache are ignored.
   */
  storeMessages(arrived: ArrivedMessage[]): Promise<Stored>

  /**
   * Stores an own message in the room and the outbox (`queued`) and clears the room's draft; on disk when it answers.
   * Nothing changes if the id is known: only the server confirms.
   */
  queueMessage(message: ArrivedMessage): Promise<Stored>
  /** @returns the server's unsent messages (`queued` or `sent`), oldest first. */
  listOutbox(serverId: ServerId): Promise<OutboxEntry[]>
  /**
   * Sets the delivery: `sent` counts one attempt, `sent` with a failure says that nothing has confirmed it in time, `confirmed` leaves the
   * outbox and is final, `failed` stores the reason and waits for the person. Null if the message is gone.
   */
  setDelivery(room: RoomKey, id: MessageId, delivery: Delivery, failure?: AppError): Promise<Stored | null>
  /** Removes an own message that is not `confirmed` (any other is `not-found`). */
  discardMessage(room: RoomKey, id: MessageId): Promise<Stored>

  listMessages(query: {
    room: RoomKey
    before?: MessageId | undefined
    after?: MessageId | undefined
    around?: MessageId | undefined
    limit: number
  }): Promise<MessagePage>
  searchMessages(query: {
    query: string
    isComposing?: boolean | undefined
    serverId?: ServerId | undefined
    room?: RoomKey | undefined
    before?: number | undefined
    limit: number
  }): Promise<SearchPage>

  close(): Promise<void>
}

/** Opens the transport for STOMP: the browser's WebSocket, or the desktop's. */
export interface SocketFactory {
  /**
   * @param url `ws:` or `wss:` address; the desktop also opens `stomp:` and `stomps:` (STOMP over TCP or TLS), which take
   *   no subprotocols and no handshake.
   * @param protocols STOMP subprotocols to offer.
   * @param fingerprint SHA-256 of the only accepted certificate at a `wss:` or `stomps:` address, if the runtime can check it; null
   *   leaves the check to the certificate authorities.
   * @param handshake is told to this server alone: redirects are not followed. A browser can't set headers, and ignores
   *   them.
   * @returns a connecting socket; it never throws: on an error `failure` is set and `onclose` is called.
   */
  open(url: string, protocols: string[], fingerprint: string | null, handshake?: Handshake): Socket
}

/** What a server is told while a WebSocket to it opens. May hold secrets. */
export interface Handshake {
  /** HTTP headers. */
  headers: Readonly<Record<string, string>>
  /** Parameters to add to the address, in this order. */
  query: readonly (readonly [name: string, value: string])[]
}

/** The part of WebSocket that STOMP needs. */
export interface Socket {
  readonly url: string
  readonly readyState: number
  binaryType?: string
  onopen: ((event?: unknown) => void) | null | undefined
  /** `data` must not be modified afterwards. */
  onmessage: ((event: { data?: string | ArrayBuffer | Uint8Array }) => void) | null | undefined
  onerror: ((event: unknown) => void) | null | undefined
  onclose: ((event?: unknown) => void) | null | undefined
  /** The other end has answered a {@link ping}. */
  onpong?: (() => void) | null | undefined
  /** Pings the other end (RFC 6455, 5.5.2); browsers can't. */
  ping?(): void
  send(data: string | ArrayBufferLike | ArrayBufferView): void
  close(): void
  /** Ends the connection without the closing handshake. */
  terminate(): void
  /** Why the socket could not be opened, or was lost; null without an error. */
  readonly failure: AppError | null
}

/** Examines the way to a server below STOMP. */
export interface NetworkDoctor {
  /**
   * Examines one step after the other, and ends with the first that fails. Sends no credentials except those in the
   * address and the handshake, and these only to a server that a socket would trust.
   * @param urls addresses of one server, likely ones first; the first whose port is open is examined.
   * @param fingerprint as in {@link SocketFactory.open}, like `handshake`.
   */
  examine(target: {
    urls: readonly string[]
    fingerprint: string | null
    handshake?: Handshake
  }): AsyncIterable<Step>
}

/** Time, replaceable in tests. */
export interface Clock {
  /** Wall-clock time in milliseconds since the epoch. */
  now: () => number
  /** Calls `run` once after `delay` milliseconds. @returns a function that cancels it. */
  after: (delay: number, run: () => void) => () => void
}

/** Randomness: ids, secrets and jitter. */
export interface Ids {
  /**
   * @returns a new opaque id, unique for all time and on every device. Later ids should sort later, which indexes
   *   prefer.
   */
  next(): string
  /** @returns a new secret of at least 128 random bits, in letters, digits, `-` and `_`. */
  secret(): string
  /** @returns a number from 0 up to 1. */
  random(): number
}

/**
 * Secrets in the system's key store. Keys: `passcode:<serverId>`, `secret:<serverId>:<slot>`, and `device-key:` with the
 * identity of a server.
 */
export interface Secrets {
  /** @returns null if there is none. Rejects if there is one that can't be read, which is not the same as none. */
  get(key: string): Promise<string | null>
  /** Null removes it. Rejects if it could not be stored. */
  set(key: string, value: string | null): Promise<void>
}

/** Gets tokens for servers. */
export interface TokenSources {
  /**
   * Runs a program without a shell, for a bounded time.
   * @param command the program and its arguments.
   * @returns what it prints. Rejects with `token-command-failed`, whose `message` is what it says on stderr.
   */
  run(command: readonly string[]): Promise<string>
  /**
   * POSTs JSON, and follows no redirect.
   * @param server its pinned certificate counts if the URL is on the same host and port.
   * @returns the answer. Rejects with `token-login-failed` where the answer is a refusal, and with why there is none.
   */
  post(url: string, body: string, server: { url: string; fingerprint: string | null }): Promise<string>
}

/** Asks a web address for the rooms of a server. */
export interface RoomLists {
  /**
   * Sends a GET, and follows no redirect.
   * @param server its pinned certificate counts if the URL is on the same host and port.
   * @param handshake is told to this address alone.
   * @returns the answer. Rejects with an answer that is no success, and with why there is none.
   */
  get(
    url: string,
    server: { url: string; fingerprint: string | null },
    handshake: Handshake | undefined,
  ): Promise<string>
}

/** Structured log; never given a secret or the text of a message. */
export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

export interface Ports {
  cache: MessageCache
  sockets: SocketFactory
  clock: Clock
  ids: Ids
  secrets: Secrets
  log: Log
  /** Undefined where the runtime has no sockets of its own, such as in a page: a check begins with CONNECT there. */
  networkDoctor?: NetworkDoctor
  /** Undefined where the runtime can't run programs, such as in a page: a token then has to be entered. */
  tokenSources?: TokenSources
  /** Undefined where the runtime can't ask any address, such as in a page. */
  roomLists?: RoomLists
}
