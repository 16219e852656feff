/** The model that Stompbox's processes share: people, servers, rooms, messages, connections, the host. */
import { z } from 'zod'
import { features, type Feature } from '../protocol/features.ts'
import { messageIdSchema } from '../protocol/messages.ts'
import { roles, type removalReasons, type Role, type RoomKind, type Standing } from '../protocol/people.ts'
import type { AppError } from './errors.ts'
import type { Profile } from './profile.ts'

/** The features of a server; a window offers these and no others. Without `rooms`, a room is opened by its id. */
export { features, type Feature }
export { chatType, deletedType } from '../protocol/messages.ts'
export { laterTypes } from '../protocol/reserved.ts'
export { messageIdSchema, roles, type Role, type RoomKind, type Standing }

/** Names a server profile in this installation. */
export const serverIdSchema = z.string().min(1).max(64).brand<'ServerId'>()
export type ServerId = z.infer<typeof serverIdSchema>

/** Names a room on its server: the `roomId` on the wire. */
export const roomIdSchema = z.string().min(1).max(200).brand<'RoomId'>()
export type RoomId = z.infer<typeof roomIdSchema>

/** Names a room in this installation: its server and its id there. Opaque: made by {@link roomKey} only. */
export const roomKeySchema = z.string().min(3).max(300).brand<'RoomKey'>()
export type RoomKey = z.infer<typeof roomKeySchema>

/** Names a message; made by the sender, so that a message that arrives twice is stored once. */
export type MessageId = z.infer<typeof messageIdSchema>

/** @returns the key of the room `roomId` on the server `serverId`. */
export const roomKey = (serverId: ServerId, roomId: RoomId): RoomKey =>
  roomKeySchema.parse(`${serverId}/${roomId}`)

/** The person who uses this installation. */
export interface Person {
  name: string
}

/** The dialect of a server. `stompbox` is recognised by the CONNECTED frame, and never chosen by the person. */
export type ServerKind = 'stompbox' | 'stomp'

/**
 * SHA-256 over a certificate (DER), as hexadecimal digits in lower case. Also accepts colons and upper case, as printed by `openssl x509
 * -fingerprint`, and the spaces between the groups that Stompbox shows.
 */
export const fingerprintSchema = z
  .string()
  .transform(text => text.replaceAll(/[\s:]/g, '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/))

/** One server of the person. Its secrets are not part of it: they live in the system's key store. */
export interface ServerProfile {
  id: ServerId
  name: string
  /** `ws:`, `wss:`, `stomp:` or `stomps:` address of the STOMP endpoint. */
  url: string
  /** {@link fingerprintSchema} of the only accepted certificate of a `wss:` server; null: any certificate that this computer trusts. */
  fingerprint: string | null
  /** How to talk to it. A Stompbox host is told the `connect` of it, and nothing else. */
  profile: Profile
  /** True for the host that this installation runs itself. */
  own: boolean
  /** False while the person has switched this server off. */
  enabled: boolean
  /** As last seen; null before the first connection. For the messenger only: a window asks for {@link features}. */
  kind: ServerKind | null
  /** The features that it reported last, or those of its kind; null before the first connection. */
  features: readonly Feature[] | null
  hasPasscode: boolean
  /** The `secretSlots` of the profile that have a value in the key store. */
  keptSecrets: readonly string[]
}

/** @returns whether the server has the feature; null if that is not known yet. */
export const offers = (
  server: Pick<ServerProfile, 'features'> | undefined,
  feature: Feature,
): boolean | null => server?.features?.includes(feature) ?? null

/** The state of the session to one server. Times are milliseconds since the epoch. */
export type ConnectionState =
  | { phase: 'off' }
  /** `error`: the server announced before that it was shutting down. */
  | { phase: 'connecting'; attempt: number; error?: AppError }
  | { phase: 'online'; since: number }
  /** Lost or not reached; retried automatically at `retryAt`. */
  | { phase: 'waiting'; attempt: number; since: number; retryAt: number; error: AppError }
  /** Refused for a reason that only the person can fix (passcode, name, address). Not retried automatically. */
  | { phase: 'refused'; since: number; error: AppError }

/** The newest chat message of a room, for the list. */
interface RoomPreview {
  sender: string
  content: string
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * Why the person is not in a room: they left it, were removed or banned, or their server does not list it any more (deleted, or no
 * longer theirs to see).
 */
export type Absence = (typeof removalReasons)[number] | 'gone'

export interface Room {
  key: RoomKey
  serverId: ServerId
  roomId: RoomId
  /** Rooms of other servers than Stompbox hosts are public. */
  kind: RoomKind
  /** In a direct room the name of the other person. */
  name: string
  topic: string
  /** The `senderId` of the other person in a direct room; null in every other room. */
  personId: string | null
  /** False for a room of the server's directory that the person has left or never joined. */
  joined: boolean
  /** Why `joined` is false; null if it is true, or if the person was never in the room. */
  absence: Absence | null
  /**
   * For a private room that the person was invited to and has not opened yet: the name of the person who invited them, empty if unknown.
   * Null for every other room.
   */
  invitedBy: string | null
  /** Read-only; on a Stompbox host only. */
  archived: boolean
  unread: number
  /** The number of unread messages that mention the person. */
  mentions: number
  /** The newest message that the person has seen. */
  lastReadId: MessageId | null
  last: RoomPreview | null
  /** Text typed and not sent. */
  draft: string
}

/** @returns the number of unread messages for the person alone: mentions, and all messages of a direct room. */
export const unreadForPerson = ({
  kind,
  unread,
  mentions,
}: Pick<Room, 'kind' | 'unread' | 'mentions'>): number => (kind === 'direct' ? unread : mentions)

/** A person in a room of a Stompbox host. */
export interface Member {
  personId: string
  /** Empty if the host does not know it any more. */
  name: string
  /** Null for an ordinary participant of a public room. */
  standing: Standing | null
  /** Present right now; see {@link RoomMembers.presence}. */
  here: boolean
  own: boolean
}

/** The people of a room: all members of a private one; in a public one the people with a standing, and those present. */
export interface RoomMembers {
  room: RoomKey
  /** The person's own role there. */
  role: Role
  /** Whether it is known which people are present. */
  presence: boolean
  /** Includes banned people for moderators and owners only. */
  members: Member[]
}

/** The delivery of the person's own message: `confirmed` means that the broker sent its RECEIPT. */
export type Delivery = 'queued' | 'sent' | 'confirmed' | 'failed'

/** Types of messages of other servers: a quiet line in the room, and one that the window does not show. */
export const lineType = 'LINE'
export const hiddenType = 'HIDDEN'

/** Replaces a message that can't be read here. It has no text. */
export const unreadableType = 'UNREADABLE'

/**
 * Stands where messages of a room may be missing, because its server keeps no history and the person was offline from `sentAt` to
 * `receivedAt`. It is of this computer, and has no text; a server's message of this type is chat.
 */
export const offlineType = 'OFFLINE'

export interface Message {
  room: RoomKey
  id: MessageId
  /** `CHAT`, `JOIN`, `LEAVE` …; unknown types are kept. */
  type: string
  sender: string
  /** Null if the server does not name the sender. */
  senderId: string | null
  content: string
  /** On the sender's clock or, on a Stompbox host, the host's. Milliseconds since the epoch. */
  sentAt: number
  /** On this computer's clock. Milliseconds since the epoch. */
  receivedAt: number
  /** Position in the server's history (`x-stream-offset`); null without a history, or before the echo. */
  offset: number | null
  /** The time that orders the room, see {@link compareMessages}; later than `sentAt` if a clock was set back. Milliseconds since the epoch. */
  sortAt: number
  /** Order of arrival in this cache. The number of a removed message may be reused. */
  seq: number
  own: boolean
  /** Null for messages of other people. */
  delivery: Delivery | null
  /** Why `delivery` is `failed`; `not-confirmed` where it is `sent`, and neither a RECEIPT nor an echo came in time. */
  failure: AppError | null
  /** Whether the text mentions the person. */
  mentionsMe: boolean
}

/**
 * What happened to a message in the cache. `new`: it was added. `moved`: its position in the room changed. `updated`: its
 * delivery or sender changed. `deleted`: its text is gone for everybody, its position stays. `removed`: the person discarded an own
 * message that was not sent.
 */
export type MessageChange = 'new' | 'moved' | 'updated' | 'deleted' | 'removed'

/** A message as it is after the change; a removed one as it was before. */
export interface ChangedMessage {
  message: Message
  change: MessageChange
}

/** The fields that determine the position of a message in its room. */
export type MessagePosition = Pick<Message, 'sortAt' | 'offset' | 'seq'>

/** @returns the time that is shown for a message: the server's if it has a history, else the time of arrival. Milliseconds since the epoch. */
export const shownAt = ({
  offset,
  sentAt,
  receivedAt,
}: Pick<Message, 'offset' | 'sentAt' | 'receivedAt'>): number => (offset === null ? receivedAt : sentAt)

/**
 * Orders the messages of one room as everybody in it sees them: by time, within a millisecond by the server's offset;
 * messages without an offset come last, in order of arrival.
 */
export const compareMessages = (a: MessagePosition, b: MessagePosition): number =>
  a.sortAt - b.sortAt ||
  (a.offset ?? Number.MAX_SAFE_INTEGER) - (b.offset ?? Number.MAX_SAFE_INTEGER) ||
  a.seq - b.seq

/** Messages of one room in the order of {@link compareMessages}, and whether the cache has more on either side. */
export interface MessagePage {
  messages: Message[]
  hasEarlier: boolean
  hasLater: boolean
}

export interface SearchHit {
  message: Message
  roomName: string
}

export interface SearchPage {
  hits: SearchHit[]
  /** The `before` of the next page; null after the last page. */
  next: number | null
}

/** The reach of the host: this computer alone, or its networks. */
export type HostReach = 'loopback' | 'lan'

export interface HostSettings {
  name: string
  port: number
  reach: HostReach
  /** Whether the host advertises itself on the network. */
  advertise: boolean
  /**
   * Name of the network interface whose address is given to others, whatever address it has by then; null for the best one, which also
   * replaces a missing interface.
   */
  network: string | null
  /** Further names under which people reach this computer, such as a router's: requests with any other name are refused. */
  names: string[]
  /** The most simultaneous connections from one address of the network. */
  perAddress: number
}

/** A host that advertises itself in the network. */
export interface NearbyServer {
  /** A generated neutral name, such as `stompbox-4k7m2x`. */
  name: string
  url: string
  /** As {@link ServerProfile.fingerprint}, as advertised; not authenticated. */
  fingerprint: string | null
}

/** The hosts found on the local networks. */
export interface Nearby {
  /** By name. */
  servers: NearbyServer[]
  /** Name of an active VPN: many of them hide the local networks. */
  vpn: string | null
  /** `no-network`: this computer is on none; `failed`: the system does not permit the search. */
  search: 'running' | 'no-network' | 'failed'
}

/** The embedded host. */
export type HostState =
  | { phase: 'off' }
  | { phase: 'starting' }
  | {
      phase: 'on'
      serverId: ServerId
      /** Milliseconds since the epoch. */
      since: number
      port: number
      reach: HostReach
      /** Addresses for others to type in, the chosen or best one first; with the reach `loopback` the loopback address alone. */
      urls: string[]
      /** As {@link ServerProfile.fingerprint}; null with the reach `loopback`, which needs no TLS. */
      fingerprint: string | null
      /** Null if none is set, on loopback. */
      passcode: string | null
      people: HostGuest[]
    }
  | { phase: 'failed'; error: AppError }

/** A person connected to the embedded host. */
export interface HostGuest {
  /** The `senderId` of their messages. */
  personId: string
  name: string
  address: string
  /** Milliseconds since the epoch. */
  since: number
}

export type Language = 'en' | 'ko'
export type Density = 'cozy' | 'compact'
export type Theme = 'system' | 'light' | 'dark'
export type SendKey = 'enter' | 'mod-enter'

/** The settings of the desktop app. */
export interface Settings {
  language: 'system' | Language
  theme: Theme
  density: Density
  sendKey: SendKey
  notifications: boolean
  closeToTray: boolean
  /** How long messages are kept on this computer. */
  keep: 'everything' | 'year' | '90-days' | '30-days'
  host: HostSettings
}
