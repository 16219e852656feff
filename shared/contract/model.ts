/** The things that Stompbox's processes tell each other about: people, servers, rooms, messages, connections, the host. */
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

/** Names a room on its server, as it stands on the wire (`roomId`). */
export const roomIdSchema = z.string().min(1).max(200).brand<'RoomId'>()
export type RoomId = z.infer<typeof roomIdSchema>

/** Names a room in this installation: its server and its id there. Opaque: made by {@link roomKey} only. */
export const roomKeySchema = z.string().min(3).max(300).brand<'RoomKey'>()
export type RoomKey = z.infer<typeof roomKeySchema>

/** Names a message; made by the sender, so that a message that comes twice is kept once. */
export type MessageId = z.infer<typeof messageIdSchema>

/** @returns the key of the room `roomId` on the server `serverId`. */
export const roomKey = (serverId: ServerId, roomId: RoomId): RoomKey =>
  roomKeySchema.parse(`${serverId}/${roomId}`)

/** The person in front of the window. */
export interface Person {
  name: string
}

/** The dialect of a server. `stompbox` is recognised by the CONNECTED frame, and never chosen by the person. */
export type ServerKind = 'stompbox' | 'stomp'

/**
 * SHA-256 over a certificate (DER), as hexadecimal digits in lower case. Taken with colons and in upper case too, as `openssl x509
 * -fingerprint` prints it, and with the spaces between the groups that Stompbox shows.
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
  /** {@link fingerprintSchema} of the one certificate that a `wss:` server may show; null trusts what this computer trusts. */
  fingerprint: string | null
  /** How to talk to it. A Stompbox host is told the `connect` of it, and nothing else. */
  profile: Profile
  /** True for the host that this installation runs itself. */
  own: boolean
  /** False while the person has switched this server off. */
  enabled: boolean
  /** As last seen; null before the first connection. The messenger's: a window asks for {@link features}. */
  kind: ServerKind | null
  /** Its features as it told them last, or those of its kind; null before the first connection. */
  features: readonly Feature[] | null
  hasPasscode: boolean
  /** The `secretSlots` of the profile that have a value in the key store. */
  keptSecrets: readonly string[]
}

/** @returns whether the server can do this; null where that is not known yet. */
export const offers = (
  server: Pick<ServerProfile, 'features'> | undefined,
  feature: Feature,
): boolean | null => server?.features?.includes(feature) ?? null

/** The state of the session to one server. Times are milliseconds since the epoch. */
export type ConnectionState =
  | { phase: 'off' }
  /** `error`: the server has said before that it goes down, and is looked for. */
  | { phase: 'connecting'; attempt: number; error?: AppError }
  | { phase: 'online'; since: number }
  /** Lost or not reached; tried again by itself at `retryAt`. */
  | { phase: 'waiting'; attempt: number; since: number; retryAt: number; error: AppError }
  /** The server refused in a way that only the person can mend (passcode, name, address). Not tried again by itself. */
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
  /** Of a direct room the other one's. */
  name: string
  topic: string
  /** The `senderId` of the other one in a direct room; null in every other room. */
  personId: string | null
  /** False for a room of the server's directory that the person has left or never joined. */
  joined: boolean
  /** Why `joined` is false; null where it is true, and where the person never was in the room. */
  absence: Absence | null
  /**
   * Of a private room that the person was invited to and has not opened yet: the name of the person who invited, empty if that is not known.
   * Null for every other room.
   */
  invitedBy: string | null
  /** Can be read, and nothing new be said in it; of a Stompbox host only. */
  archived: boolean
  unread: number
  /** How many of the unread messages name the person. */
  mentions: number
  /** The newest message that the person has seen. */
  lastReadId: MessageId | null
  last: RoomPreview | null
  /** Text that the person has typed and not sent. */
  draft: string
}

/** @returns how many of the unread messages are for the person alone: those that name them, and all of a direct room. */
export const unreadForPerson = ({
  kind,
  unread,
  mentions,
}: Pick<Room, 'kind' | 'unread' | 'mentions'>): number => (kind === 'direct' ? unread : mentions)

/** Somebody in a room of a Stompbox host. */
export interface Member {
  personId: string
  /** Empty where the host does not know it any more. */
  name: string
  /** Null where they are nothing particular: in a public room everybody is a member. */
  standing: Standing | null
  /** Reads along right now; see {@link RoomMembers.presence}. */
  here: boolean
  own: boolean
}

/** The people of a room: all of a private one; of a public one those who are named in it or are there right now. */
export interface RoomMembers {
  room: RoomKey
  /** The person's own role there. */
  role: Role
  /** Whether it is known who is here. */
  presence: boolean
  /** Those who are banned among them for moderators and owners only. */
  members: Member[]
}

/** The way of one's own message: `confirmed` means that the broker gave its RECEIPT. */
export type Delivery = 'queued' | 'sent' | 'confirmed' | 'failed'

/** Types of messages of other servers: a quiet line in the room, and one that the window does not show. */
export const lineType = 'LINE'
export const hiddenType = 'HIDDEN'

/** Stands in the place of a message that this computer can't read. It has no text. */
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
  /** Null where the server does not say who sent. */
  senderId: string | null
  content: string
  /** By the sender's or, on a Stompbox host, the host's clock. Milliseconds since the epoch. */
  sentAt: number
  /** By this computer's clock. Milliseconds since the epoch. */
  receivedAt: number
  /** Position in the server's history (`x-stream-offset`); null where it keeps none, or before the echo. */
  offset: number | null
  /** Time by which the room is ordered, see {@link compareMessages}; later than `sentAt` where a clock was set back. Milliseconds since the epoch. */
  sortAt: number
  /** Order of arrival in this cache. The number of a removed message may be given again. */
  seq: number
  own: boolean
  /** Null on other people's messages. */
  delivery: Delivery | null
  /** Why `delivery` is `failed`; `not-confirmed` where it is `sent`, and neither a RECEIPT nor an echo came in time. */
  failure: AppError | null
  /** Whether the text names the person. */
  mentionsMe: boolean
}

/**
 * What happened to a message in the cache. `new`: it was not there before. `moved`: it has another position in its room. `updated`: its
 * delivery, or what is known of its sender, has changed. `deleted`: its text is gone for everybody, its position stays. `removed`: the
 * person took back an own message that was not sent.
 */
export type MessageChange = 'new' | 'moved' | 'updated' | 'deleted' | 'removed'

/** A message as it is after the change; a removed one as it was before. */
export interface ChangedMessage {
  message: Message
  change: MessageChange
}

/** What decides where a message stands in its room. */
export type MessagePosition = Pick<Message, 'sortAt' | 'offset' | 'seq'>

/** @returns the time that is shown for a message: the server's where it keeps a history, else that of its arrival. Milliseconds since the epoch. */
export const shownAt = ({
  offset,
  sentAt,
  receivedAt,
}: Pick<Message, 'offset' | 'sentAt' | 'receivedAt'>): number => (offset === null ? receivedAt : sentAt)

/**
 * Orders the messages of one room as everybody in it sees them: by time, within a millisecond by the server's offset,
 * and what the server has not numbered (yet) last, in order of arrival.
 */
export const compareMessages = (a: MessagePosition, b: MessagePosition): number =>
  a.sortAt - b.sortAt ||
  (a.offset ?? Number.MAX_SAFE_INTEGER) - (b.offset ?? Number.MAX_SAFE_INTEGER) ||
  a.seq - b.seq

/** Messages of one room in the order of {@link compareMessages}, and whether the cache holds more on either side. */
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
  /** Give it as `before` to get the next page; null where this was the last. */
  next: number | null
}

/** The reach of the host: this computer alone, or its networks. */
export type HostReach = 'loopback' | 'lan'

export interface HostSettings {
  name: string
  port: number
  reach: HostReach
  /** Whether the network is told that the host is here. */
  advertise: boolean
  /**
   * Name of the network interface whose address others are given, whatever address it has by then; null for the best, and so where the
   * interface is gone.
   */
  network: string | null
  /** Further names under which people reach this computer, such as a router's: a request that calls it otherwise is refused. */
  names: string[]
  /** Connections at once from one address of the network. */
  perAddress: number
}

/** A host that advertises itself in the network. */
export interface NearbyServer {
  /** Neutral and made up, such as `stompbox-4k7m2x`. */
  name: string
  url: string
  /** As {@link ServerProfile.fingerprint}; what the network says, and nobody vouches for. */
  fingerprint: string | null
}

/** The hosts found in the networks around. */
export interface Nearby {
  /** By name. */
  servers: NearbyServer[]
  /** Name of a VPN that is up: many of them hide the networks around. */
  vpn: string | null
  /** `no-network` where this computer is in none; `failed` where the system does not let us look. */
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
      /** Addresses that others can type in, the chosen or best one first; the loopback address alone where the reach is `loopback`. */
      urls: string[]
      /** As {@link ServerProfile.fingerprint}; null where the reach is `loopback`, which needs no TLS. */
      fingerprint: string | null
      /** Null on loopback where none is set. */
      passcode: string | null
      people: HostGuest[]
    }
  | { phase: 'failed'; error: AppError }

/** Somebody who is connected to the embedded host. */
export interface HostGuest {
  /** The `senderId` of what they say. */
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
