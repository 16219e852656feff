/** A server's dialect as one object: the rest of the messenger asks it, and never checks the kind of the server. */
import type {
  Absence,
  Feature,
  Message,
  MessageId,
  Role,
  Room,
  RoomId,
  RoomKey,
  RoomKind,
  ServerKind,
  ServerProfile,
  Standing,
} from '../../contract/model.ts'
import type { ArrivedMessage } from '../ports.ts'

/** Headers and body of a received frame. */
export interface ReceivedFrame {
  headers: Readonly<Record<string, string | undefined>>
  body: string
}

/** The headers of a CONNECTED frame. */
export type ConnectedHeaders = ReceivedFrame['headers']

/** The person, as introduced to a server. */
export interface Credentials {
  /** STOMP's `login`. */
  name: string
  /** STOMP's `host`. */
  virtualHost: string
  passcode: string | null
  /** Null where {@link Dialect.takesDeviceKey} is false. */
  deviceKey: string | null
}

/** A SUBSCRIBE frame. */
export interface Subscription {
  destination: string
  headers: Readonly<Record<string, string>>
  /** Headers of each UNSUBSCRIBE with which the person leaves for good, so that the server keeps nothing for them; default: one without further headers. */
  leaving?: readonly Readonly<Record<string, string>>[]
  /** Whether the destination carries other rooms, too; {@link RoomsDialect.roomOf} tells them apart. */
  isForSeveral?: boolean
}

/** A subscription with the parser of its frames. */
export interface Feed<Value> extends Subscription {
  /** @returns null for a frame of another shape. */
  read: (frame: ReceivedFrame) => Value | null
}

/** A SEND frame. */
export interface Sending {
  destination: string
  body: string | Uint8Array
  /** Headers in addition to `destination`, `receipt` and those that describe the body. */
  headers?: Readonly<Record<string, string>>
  /** Default: `application/json`. */
  contentType?: string
}

/** The position of a message in its room's history. */
export interface HistoryPoint {
  /** Null if the server does not number messages. */
  offset: number | null
  /** The id that {@link Dialect.decode} gives the message; null if it generates one. */
  id: MessageId | null
}

/** The context for decoding a frame. */
export interface DecodeContext {
  room: RoomKey
  /** The person's name; `@name` in a text mentions them. */
  name: string
  /** Milliseconds since the epoch. */
  now: number
  /** Generates an id for a message without one. */
  nextId: () => string
}

/** A room from a server's directory. */
export interface ListedRoom extends Pick<
  Room,
  'roomId' | 'kind' | 'name' | 'topic' | 'personId' | 'archived'
> {
  /** The next offset in the room; null if the server does not report it. */
  nextOffset: number | null
}

/** Requests to a server about rooms. */
export type RoomRequest =
  | { verb: 'create'; name: string; kind: Exclude<RoomKind, 'direct'> }
  | { verb: 'direct'; personId: string }
  | { verb: 'rename'; roomId: RoomId; name: string; topic: string }
  | { verb: 'archive'; roomId: RoomId; archived: boolean }
  | { verb: 'delete'; roomId: RoomId }
  | { verb: 'invite'; roomId: RoomId; name: string }
  | { verb: 'remove'; roomId: RoomId; personId: string }
  | { verb: 'role'; roomId: RoomId; personId: string; role: Role }
  | { verb: 'ban'; roomId: RoomId; personId: string; banned: boolean }

/** A person's standing in a room has changed. */
export interface MemberChange {
  roomId: string
  person: { personId: string; name: string | null }
  standing: Standing | null
}

/** Events from a directory. */
export type DirectoryEvent =
  /** A part of the list of all rooms; the last part completes it. */
  | { name: 'listed'; rooms: ListedRoom[]; isLast: boolean }
  /** A room has become available to the person. `invitedBy`: the name of the person who invited them. */
  | { name: 'made'; room: ListedRoom; invitedBy: string | null }
  | { name: 'changed'; room: ListedRoom }
  | { name: 'removed'; room: ListedRoom; absence: Absence }
  | { name: 'member'; change: MemberChange }
  /** A request was carried out; `room` is the result. */
  | { name: 'answered'; requestId: string; room: ListedRoom }
  /** A request, or the frame of a receipt, was refused; ids are empty if the server gives none. */
  | { name: 'refused'; requestId: string; receiptId: string; code: string | undefined; message: string }

/** The server's list of rooms, and requests about them. */
export interface DirectoryDialect {
  /** Subscribe to them in this order. */
  feeds: readonly Feed<DirectoryEvent>[]
  request(request: RoomRequest, requestId: string): Sending
}

/** Something that a server says beside its rooms. */
export interface Notice {
  /** What the profile calls its destination. */
  name: string
  text: string
}

/** The rooms of a server without a directory. */
export interface RoomsDialect {
  /** The rooms that are there without being asked for. */
  readonly named: readonly ListedRoom[]
  /** A destination that answers with the rooms, perhaps to a request; null if there is none. */
  readonly listing: { feeds: readonly Feed<ListedRoom[]>[]; request: Sending | null } | null
  /** A web address that answers with the rooms; `read` returns null for any other answer. Null if there is none. */
  readonly webList: { url: string; read: (answer: string) => ListedRoom[] | null } | null
  readonly notices: readonly Feed<Notice>[]
  /** Sent behind the subscription of a room, and when the person leaves it; null if nothing is. */
  join(roomId: RoomId): Sending | null
  leave(roomId: RoomId): Sending | null
  /** @returns the id of the room that a MESSAGE is for, where one destination carries several rooms; null if it names none. */
  roomOf(frame: ReceivedFrame): string | null
}

/** The most people of one room, or of one event, that are read. */
export const mostPeople = 10_000

/** People with a standing in a room, and the person's own role there. */
interface NamedPeople {
  role: Role
  members: { personId: string; name: string; standing: Standing }[]
}

export interface PersonName {
  personId: string
  name: string
}

export interface MembersDialect {
  /** Answers once. */
  named(roomId: RoomId): Feed<NamedPeople>
  /** Lists all present people, after every change. */
  presence(roomId: RoomId): Feed<PersonName[]>
}

export interface TypingDialect {
  /** Lists all people who are typing, after every change, and repeatedly while they go on. */
  typists(roomId: RoomId): Feed<PersonName[]>
  say(roomId: RoomId, isTyping: boolean): Sending
}

/** The dialect of one session. Made from the CONNECTED frame, and before that from what earlier sessions showed. */
export interface Dialect {
  readonly kind: ServerKind
  /** The server's features. The parts that are null below belong to missing features. */
  readonly features: readonly Feature[]
  /** The `senderId` of this session's messages; null if the server does not report it. */
  readonly personId: string | null

  /** Whether the server recognises people by their device key. Other servers never get the key. */
  readonly takesDeviceKey: boolean
  /** The headers of CONNECT. */
  connectHeaders(credentials: Credentials): Record<string, string>
  /** Whether a refusal names the refused frame. */
  readonly namesRefusals: boolean

  /**
   * @param from the offset to start at in the room's history; null for its beginning. Ignored if there is no history.
   * @returns the subscriptions of a room; the first is the one with the history.
   */
  roomSubscriptions(roomId: RoomId, from: number | null): readonly Subscription[]
  historyPoint(frame: ReceivedFrame): HistoryPoint
  /**
   * Reads a MESSAGE of a room. It accepts every frame, and never throws or rejects: an unreadable one gets the type
   * `UNREADABLE`. Later messages of the room wait for a slow one.
   */
  decode(frame: ReceivedFrame, context: DecodeContext): ArrivedMessage | Promise<ArrivedMessage>
  /** The SEND of the person's own message. */
  encode(roomId: RoomId, message: Message): Sending
  /**
   * Whether a message comes back to its sender under its original id. If not, it is recognised by its text (decision
   * 13).
   */
  readonly keepsIds: boolean

  readonly directory: DirectoryDialect | null
  /** Null where there is a directory. */
  readonly rooms: RoomsDialect | null
  readonly members: MembersDialect | null
  readonly typing: TypingDialect | null
  /** Deletes a message for everybody; null if the server can't. */
  readonly deletion: ((roomId: RoomId, message: Pick<Message, 'id' | 'offset'>) => Sending) | null
  /** Frees a name whose device key is lost; null if the server can't. */
  readonly freeName: ((name: string) => Sending) | null
  /** Deletes a queue or stream with its messages; null if the server can't. */
  readonly deleteQueue: ((destination: string) => Sending) | null
}

/** The part of a server's profile that a dialect needs. */
export type SpokenProfile = Pick<ServerProfile, 'kind' | 'profile'>

/** A supported dialect, before a server speaks it. */
export interface KnownDialect {
  readonly kind: ServerKind
  /** @returns whether the server of this profile, which sent this CONNECTED frame, speaks it. */
  isSpokenBy(connected: ConnectedHeaders, profile: SpokenProfile): boolean
  /**
   * @param connected null before CONNECTED: the features of current servers are assumed.
   * @param person their name.
   */
  speak(profile: SpokenProfile, connected: ConnectedHeaders | null, person: string): Dialect
}
