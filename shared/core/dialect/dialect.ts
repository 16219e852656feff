/** What a server speaks, as one object: the rest of the messenger asks it, and never which server it has before it. */
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

/** Headers and body of a frame that has come. */
export interface ReceivedFrame {
  headers: Readonly<Record<string, string | undefined>>
  body: string
}

/** The headers of a CONNECTED frame. */
export type ConnectedHeaders = ReceivedFrame['headers']

/** The person as a server is told of them. */
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
}

/** A subscription, and how its frames are read. */
export interface Feed<Value> extends Subscription {
  /** @returns null where the frame has another shape. */
  read: (frame: ReceivedFrame) => Value | null
}

/** A SEND frame. */
export interface Sending {
  destination: string
  body: string | Uint8Array
  /** Beside `destination`, `receipt` and what describes the body. */
  headers?: Readonly<Record<string, string>>
  /** `application/json` unless it is said. */
  contentType?: string
}

/** Where a message stands in its room's history. */
export interface HistoryPoint {
  /** Null where the server numbers nothing. */
  offset: number | null
  /** The id that {@link Dialect.decode} gives the message; null where it makes one. */
  id: MessageId | null
}

/** What decoding has to know beside the frame. */
export interface DecodeContext {
  room: RoomKey
  /** The person's name; texts with `@name` mention it. */
  name: string
  /** Of the server, for times that name none; null where it is not known. */
  timeZone: string | null
  /** Milliseconds since the epoch. */
  now: number
  /** Makes an id for a message that has none. */
  nextId: () => string
}

/** A room as a server's directory lists it. */
export interface ListedRoom extends Pick<
  Room,
  'roomId' | 'kind' | 'name' | 'topic' | 'personId' | 'archived'
> {
  /** The offset that the server gives next in the room; null where it does not say. */
  nextOffset: number | null
}

/** What a server can be asked about rooms. */
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

/** Somebody has another standing in a room than before. */
export interface MemberChange {
  roomId: string
  person: { personId: string; name: string | null }
  standing: Standing | null
}

/** What a directory tells. */
export type DirectoryEvent =
  /** A part of the list of all rooms; with the last part, the list is complete. */
  | { name: 'listed'; rooms: ListedRoom[]; isLast: boolean }
  /** There is a room for the person that was not there before. `invitedBy`: the name of the person who let them in. */
  | { name: 'made'; room: ListedRoom; invitedBy: string | null }
  | { name: 'changed'; room: ListedRoom }
  | { name: 'removed'; room: ListedRoom; absence: Absence }
  | { name: 'member'; change: MemberChange }
  /** A request was carried out; the room is as it is then. */
  | { name: 'answered'; requestId: string; room: ListedRoom }
  /** A request, or the frame of a receipt, is refused; empty where the server names none. */
  | { name: 'refused'; requestId: string; receiptId: string; code: string | undefined; message: string }

/** A list of rooms that the server keeps, and what it can be asked about them. */
export interface DirectoryDialect {
  /** Subscribed to in this order. */
  feeds: readonly Feed<DirectoryEvent>[]
  request(request: RoomRequest, requestId: string): Sending
}

/** People of one room, or of one event, that are taken in. */
export const mostPeople = 10_000

/** The people who are named in a room, and the person's own role there. */
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
  /** Tells all people who read along, with every change. */
  presence(roomId: RoomId): Feed<PersonName[]>
}

export interface TypingDialect {
  /** Tells all people who type, with every change, and repeats it while they go on. */
  typists(roomId: RoomId): Feed<PersonName[]>
  say(roomId: RoomId, isTyping: boolean): Sending
}

/** How one session is spoken. Made by the CONNECTED frame, and before it by what is known from earlier sessions. */
export interface Dialect {
  readonly kind: ServerKind
  /** What this server can do. The parts that are null here say the same. */
  readonly features: readonly Feature[]
  /** The `senderId` of what this session sends; null where the server does not tell it. */
  readonly personId: string | null

  /** Whether it knows a person again by the device key. It is shown to no other server. */
  readonly takesDeviceKey: boolean
  /** The headers of CONNECT. */
  connectHeaders(credentials: Credentials): Record<string, string>
  /** Whether a refusal says which frame it means. */
  readonly namesRefusals: boolean

  /** @param from the offset to begin at in the room's history; null for its beginning. Ignored where there is no history. */
  roomSubscription(roomId: RoomId, from: number | null): Subscription
  historyPoint(frame: ReceivedFrame): HistoryPoint
  /**
   * Reads a MESSAGE of a room. It takes every frame, and never throws or rejects: what can't be read has the type `UNREADABLE`. Where it
   * takes time, later messages of the room wait for it.
   */
  decode(frame: ReceivedFrame, context: DecodeContext): ArrivedMessage | Promise<ArrivedMessage>
  /** The SEND of an own message. */
  encode(roomId: RoomId, message: Message): Sending
  /** Whether a message comes back to its sender under the id that it went out with. If not, it is recognised by its text (decision 13). */
  readonly keepsIds: boolean

  readonly directory: DirectoryDialect | null
  readonly members: MembersDialect | null
  readonly typing: TypingDialect | null
  /** Has a message deleted for everybody; null where the server can't. */
  readonly deletion: ((roomId: RoomId, message: Pick<Message, 'id' | 'offset'>) => Sending) | null
  /** Frees a name whose device key is lost; null where the server can't. */
  readonly freeName: ((name: string) => Sending) | null
  /** Deletes a queue or stream with its messages; null where the server can't. */
  readonly deleteQueue: ((destination: string) => Sending) | null
}

/** What a dialect needs of the profile of its server. */
export type SpokenProfile = Pick<ServerProfile, 'kind' | 'subscribeTemplate' | 'publishTemplate'>

/** A dialect as it is known before a server speaks it. */
export interface KnownDialect {
  readonly kind: ServerKind
  /** @returns whether the server with this CONNECTED frame speaks it. */
  isSpokenBy(connected: ConnectedHeaders): boolean
  /** @param connected null before CONNECTED has come: what servers of this dialect can do today counts. */
  speak(profile: SpokenProfile, connected: ConnectedHeaders | null): Dialect
}
