/** What the core needs from the runtime it lives in: Electron's main process or a guest's browser page. */
import type { ArrivedMessage, ResumePoint, Stored } from '../cache/stored.ts'
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

/** A server as it is kept: its profile without what the key store and the server's kind tell. */
export type StoredServer = Omit<ServerProfile, 'hasPasscode' | 'features'>

/** What is on disk at start-up, but for the messages. */
export interface CachedState {
  person: Person | null
  servers: StoredServer[]
  rooms: Room[]
}

/** A room as it is saved. */
export type NewRoom = Pick<
  Room,
  'serverId' | 'roomId' | 'kind' | 'name' | 'topic' | 'personId' | 'joined' | 'absence' | 'archived'
> & {
  /** Where the server's history stood when the room was taken up: what is before it was said without the person, and is read. */
  readOffset?: number | null
  /** Of an invitation: as `invitedBy` of a room. */
  invitedBy?: string | null
}

/** A message of one's own that waits to go out. */
export interface OutboxEntry {
  message: Message
  serverId: ServerId
  roomId: RoomId
  /** How often it was put on the wire. */
  attempts: number
}

/**
 * The local cache. Every method is one transaction: it holds wholly or not at all, and what has answered survives a crash.
 * Methods reject with {@link import('../contract/errors.ts').Failure} `disk-full`, `disk-readonly`, `cache-corrupt` or `cache-failed`, and
 * with `not-found` where a room or message that they name is not there.
 */
export interface MessageCache {
  load(): Promise<CachedState>
  savePerson(person: Person): Promise<void>

  saveServer(server: StoredServer): Promise<void>
  /** Removes the server with its rooms, messages and outbox. */
  removeServer(id: ServerId): Promise<void>

  /**
   * Inserts the room, or changes its kind, name, topic, person, `joined`, `absence` and `archived`; counts, preview and draft stay as
   * they are, and `readOffset` counts for a new room only. An open invitation stays until {@link endInvitation}, or until the person is
   * not in the room any more.
   */
  saveRoom(room: NewRoom): Promise<Room>
  removeRoom(room: RoomKey): Promise<void>
  saveDraft(room: RoomKey, text: string): Promise<Room>
  /** The person has opened the room: `invitedBy` becomes null. */
  endInvitation(room: RoomKey): Promise<Room>
  /** Moves the read mark forward to `upTo` (never back) and counts unread and mentions anew. */
  markRead(room: RoomKey, upTo: MessageId): Promise<Room>
  /** @returns where the server's history of the room was left; null where nothing of it has come. */
  resumePoint(room: RoomKey): Promise<ResumePoint | null>

  /**
   * Stores what came from the wire, in order. A message whose room and id are known is not stored again: it learns its offset,
   * time and place, and an own one that was `queued`, `sent` or `failed` becomes `confirmed` and leaves the outbox. Unread, mentions
   * and preview of the rooms change with it. The target of a new deletion keeps its position, and loses its text. A message before the room's `readOffset`
   * moves the read mark up to itself; when the last of them has come, `readOffset` is forgotten, as the server may count anew some
   * day. Messages of rooms that are not in the cache are left out.
   */
  storeMessages(arrived: ArrivedMessage[]): Promise<Stored>

  /**
   * Puts an own message into the room and the outbox (`queued`) and clears the room's draft; on disk when it answers. Where the id is
   * known nothing changes: only the server confirms.
   */
  queueMessage(message: ArrivedMessage): Promise<Stored>
  /** @returns what waits for this server (`queued` or `sent`), oldest first. */
  listOutbox(serverId: ServerId): Promise<OutboxEntry[]>
  /**
   * Sets the delivery: `sent` counts one attempt, `confirmed` leaves the outbox and is final, `failed` keeps the reason and waits
   * for the person. Null where the message is gone.
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
   * @param url `ws:` or `wss:` address.
   * @param protocols STOMP subprotocols to offer.
   * @param fingerprint SHA-256 of the one certificate that counts at a `wss:` address, where the runtime can tell it apart; null
   * leaves it to the certificate authorities.
   * @returns a socket that is connecting; it never throws, what goes wrong comes by `onclose` after `failure` is set.
   */
  open(url: string, protocols: string[], fingerprint: string | null): Socket
}

/** The part of WebSocket that STOMP needs. */
export interface Socket {
  readonly url: string
  readonly readyState: number
  binaryType?: string
  onopen: ((event?: unknown) => void) | null | undefined
  onmessage: ((event: { data?: string | ArrayBuffer }) => void) | null | undefined
  onerror: ((event: unknown) => void) | null | undefined
  onclose: ((event?: unknown) => void) | null | undefined
  /** The other end has answered a {@link ping}. */
  onpong?: (() => void) | null | undefined
  /** Asks the other end for a sign of life (RFC 6455, 5.5.2); browsers can't. */
  ping?(): void
  send(data: string | ArrayBufferLike | ArrayBufferView): void
  close(): void
  /** Ends the connection without the closing handshake. */
  terminate(): void
  /** Why the socket could not be opened, or was lost; null while nothing went wrong. */
  readonly failure: AppError | null
}

/** Time, so that tests may own it. */
export interface Clock {
  /** Milliseconds since the epoch, by the wall. */
  now: () => number
  /** Calls `run` once after `delay` milliseconds. @returns what takes it back. */
  after: (delay: number, run: () => void) => () => void
}

/** Randomness: ids, secrets and jitter. */
export interface Ids {
  /** @returns a new id, unique for all time and every device, opaque. Those made later had better sort later: indexes like it. */
  next(): string
  /** @returns a new secret of at least 128 random bits, in letters, digits, `-` and `_`. */
  secret(): string
  /** @returns a number from 0 up to 1. */
  random(): number
}

/** Secrets in the system's key store. Keys: `passcode:<serverId>`, and `device-key:` with the identity of a server. */
export interface Secrets {
  /** @returns null where there is none. Rejects where there is one that can't be read: that is not the same as none. */
  get(key: string): Promise<string | null>
  /** Null removes it. Rejects where it could not be kept. */
  set(key: string, value: string | null): Promise<void>
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
}
