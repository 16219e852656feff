/** The commands and events of the messenger, in Electron and in a browser page alike. */
import { z } from 'zod'
import { limits } from '../protocol/limits.ts'
import { personIdSchema as personId } from '../protocol/people.ts'
import { command } from './command.ts'
import { checkTargetSchema, type Step } from './doctor.ts'
import type { AppError } from './errors.ts'
import {
  fingerprintSchema,
  messageIdSchema,
  roles,
  roomKeySchema,
  serverIdSchema,
  type ChangedMessage,
  type ConnectionState,
  type MessageId,
  type MessagePage,
  type Person,
  type Room,
  type RoomKey,
  type RoomMembers,
  type SearchPage,
  type ServerId,
  type ServerProfile,
} from './model.ts'
import { profileSchema } from './profile.ts'
import type { Recognised } from './recognise.ts'

/** Everything that the messenger knows at one moment, except the messages. */
export interface MessengerState {
  /** Null until the first run has asked for a name. */
  person: Person | null
  servers: ServerProfile[]
  connections: Record<ServerId, ConnectionState>
  rooms: Room[]
  /** Why a server refuses a room, for the refused rooms only. */
  refusals: Record<RoomKey, AppError>
}

/** Longest message that a person may send, in UTF-16 units. */
export const maxContentLength = limits.content

/**
 * Longest stored draft, in UTF-16 units; it may become several messages. It is bounded because every change of its room carries it to the
 * window.
 */
export const maxDraftLength = 10 * maxContentLength

/** Longest topic of a room on a Stompbox host, in UTF-16 units. */
export const maxTopicLength = limits.topic

/** Longest query of the search, in UTF-16 units. */
export const maxQueryLength = 200

const name = z.string().trim().min(1).max(limits.name)
/** A secret goes into a header as it is, which a control character would end. */
const secretsSchema = z
  .record(
    z.string().max(200),
    z
      .string()
      .max(8192)
      .regex(/^[^\0-\x1f\x7f]+$/)
      .nullable(),
  )
  .refine(secrets => Object.keys(secrets).length <= 100)
const serverFields = {
  name,
  url: z.string().trim().min(1).max(2000),
  fingerprint: fingerprintSchema.nullable(),
  profile: profileSchema,
  /** Null for none. Kept in the system's key store, never in the cache. */
  passcode: z.string().max(1024).nullable(),
  /** Values for `secretSlots` of the profile, in the key store as well; null removes one, and those not named stay. */
  secrets: secretsSchema,
}

/** The `after` of the `server-other` error that the person has accepted. */
const accepts = z.string().max(2000).optional()

export const messengerCommands = {
  setPerson: command(z.strictObject({ name })).answers<null>(),

  /**
   * Finds the address at which a server answers: the typed one, completed, and without a port one of the usual ones. Nothing is
   * stored. Rejects with the reason why nothing answers, or with `no-server-found` if several ports were tried.
   */
  findServer: command(
    z.strictObject({ url: serverFields.url, fingerprint: serverFields.fingerprint }),
  ).answers<string>(),
  /**
   * Finds a server as `findServer` does, and asks it what it is, without signing in. Nothing is stored. `server` is its own name for
   * itself, if it has told it.
   */
  recogniseServer: command(
    z.strictObject({ url: serverFields.url, fingerprint: serverFields.fingerprint }),
  ).answers<Recognised & { url: string; server: string | null }>(),
  /**
   * Adds a server. If there is one with this certificate or at this address already, that one gets the new address, and the certificate
   * and passcode if given, and is switched on. A server whose profile has another login, virtual host or
   * destination is another server; without a `profile` any is meant. Rejects with `server-other` as `updateServer`.
   */
  addServer: command(
    z.strictObject({
      ...serverFields,
      profile: profileSchema.optional(),
      fingerprint: serverFields.fingerprint.default(null),
      passcode: serverFields.passcode.default(null),
      secrets: secretsSchema.optional(),
      accepts,
    }),
  ).answers<ServerProfile>(),
  /**
   * Changes a server. Rejects with `server-other` if it would be known by another certificate or address from then on, until `accepts`
   * says that the person has agreed, and with `server-own` if it would be the host of this installation. A new certificate never gets the stored passcode or the device key.
   */
  updateServer: command(
    z.strictObject({ id: serverIdSchema, change: z.strictObject(serverFields).partial(), accepts }),
  ).answers<null>(),
  /**
   * Discards the passcode and device key of a server that the key store can't release any more, and connects with a new key. The name there
   * stays with the old one. Rejects with `secrets-unavailable` if the new one can't be stored.
   */
  renewSecrets: command(z.strictObject({ id: serverIdSchema })).answers<null>(),
  /** Forgets the server with its rooms and messages. */
  removeServer: command(z.strictObject({ id: serverIdSchema })).answers<null>(),
  /** Switches a server on (and connects at once, regardless of the back-off) or off. */
  connectServer: command(z.strictObject({ id: serverIdSchema })).answers<null>(),
  /**
   * Checks the connection to a server step by step, beside the session that there may be. `stepChecked` tells of each step as soon as it is
   * over. Ends with the first step that fails. Rejects with `url-invalid`.
   * @param check names the check in its events.
   */
  checkConnection: command(
    z.strictObject({ check: z.string().min(1).max(64), target: checkTargetSchema }),
  ).answers<Step[]>(),
  disconnectServer: command(z.strictObject({ id: serverIdSchema })).answers<null>(),

  /** Creates a room on a Stompbox host, or opens the room with that id on any other server, and joins it. */
  createRoom: command(
    z.strictObject({
      serverId: serverIdSchema,
      name,
      /** Rooms of other servers are public. */
      kind: z.enum(['public', 'private']).default('public'),
    }),
  ).answers<RoomKey>(),
  /** Changes the name and topic of a room on a Stompbox host. For its moderators. */
  renameRoom: command(
    z.strictObject({ room: roomKeySchema, name, topic: z.string().trim().max(maxTopicLength) }),
  ).answers<null>(),
  /** Archives a room of a Stompbox host, or restores it. For its owners. */
  archiveRoom: command(z.strictObject({ room: roomKeySchema, archived: z.boolean() })).answers<null>(),
  /** Deletes a room of a Stompbox host for everybody, with its messages. For its owners. */
  deleteRoom: command(z.strictObject({ room: roomKeySchema })).answers<null>(),
  /** Opens the direct room with a person on a Stompbox host, and creates it if necessary. */
  openDirectRoom: command(z.strictObject({ serverId: serverIdSchema, personId })).answers<RoomKey>(),
  /** Subscribes again to a room that the server has refused. */
  retryRoom: command(z.strictObject({ room: roomKeySchema })).answers<null>(),
  joinRoom: command(z.strictObject({ room: roomKeySchema })).answers<null>(),
  /** A public room can be joined again; a private one needs a new invitation. */
  leaveRoom: command(z.strictObject({ room: roomKeySchema })).answers<null>(),
  /** Invites a person to a private room, by the name that they have claimed on its host. */
  inviteMember: command(z.strictObject({ room: roomKeySchema, name })).answers<null>(),
  removeMember: command(z.strictObject({ room: roomKeySchema, personId })).answers<null>(),
  setRole: command(z.strictObject({ room: roomKeySchema, personId, role: z.enum(roles) })).answers<null>(),
  /** Bans a person from a room, or unbans them. */
  banMember: command(z.strictObject({ room: roomKeySchema, personId, banned: z.boolean() })).answers<null>(),
  /** Frees a name on a Stompbox host whose device key is lost, so that it can be claimed again. For owners of the host. */
  freeName: command(z.strictObject({ serverId: serverIdSchema, name })).answers<null>(),
  /** Deletes a queue or stream of a Stompbox host with its messages. For owners of the host. */
  deleteQueue: command(
    z.strictObject({ serverId: serverIdSchema, destination: z.string().min(1).max(255) }),
  ).answers<null>(),
  /** Marks everything up to and including `upTo` as read. */
  markRead: command(z.strictObject({ room: roomKeySchema, upTo: messageIdSchema })).answers<null>(),
  saveDraft: command(
    z.strictObject({ room: roomKeySchema, text: z.string().max(maxDraftLength) }),
  ).answers<null>(),

  /** Queues a message; it is safe on disk when this answers, and goes out when the server can be reached. */
  sendMessage: command(
    z.strictObject({
      room: roomKeySchema,
      content: z
        .string()
        .max(maxContentLength)
        .refine(text => text.trim() !== ''),
    }),
  ).answers<MessageId>(),
  retryMessage: command(z.strictObject({ room: roomKeySchema, id: messageIdSchema })).answers<null>(),
  /** The person types in a room, or has stopped. Others are told where that is a Stompbox host that is online; elsewhere nothing happens. */
  setTyping: command(z.strictObject({ room: roomKeySchema, typing: z.boolean() })).answers<null>(),
  /**
   * Has a Stompbox host delete a message for everybody; the room's event follows. Rejects with the host's refusal, and with `offline` where it
   * can't be asked.
   */
  deleteMessage: command(z.strictObject({ room: roomKeySchema, id: messageIdSchema })).answers<null>(),
  /** Takes a message that has not gone out back. */
  discardMessage: command(z.strictObject({ room: roomKeySchema, id: messageIdSchema })).answers<null>(),

  /** The newest messages, those next to `before` or `after`, or those on both sides of `around`. At most one of the three. */
  listMessages: command(
    z.strictObject({
      room: roomKeySchema,
      before: messageIdSchema.optional(),
      after: messageIdSchema.optional(),
      around: messageIdSchema.optional(),
      limit: z.int().min(1).max(200).default(50),
    }),
  ).answers<MessagePage>(),
  /** Newest first, over one room, one server or everything. */
  searchMessages: command(
    z.strictObject({
      query: z.string().max(maxQueryLength),
      /** Whether the last syllable is still being typed, so that what it may become is looked for as well. */
      isComposing: z.boolean().optional(),
      serverId: serverIdSchema.optional(),
      room: roomKeySchema.optional(),
      before: z.number().optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
  ).answers<SearchPage>(),
}

export interface MessengerEvents {
  personChanged: Person
  serverChanged: ServerProfile
  serverRemoved: { id: ServerId }
  connectionChanged: { serverId: ServerId; state: ConnectionState }
  roomChanged: Room
  roomRemoved: { room: RoomKey }
  /** The server refuses a room to the person; null where it is asked again. */
  roomRefused: { room: RoomKey; error: AppError | null }
  /** The people of an open room; null while they are unknown. */
  membersChanged: { room: RoomKey; members: RoomMembers | null }
  /** The person was invited to a private room; `invitedBy` of the room tells by whom. */
  invitationReceived: { room: RoomKey }
  /** The cache has written a message, and `change` says why. */
  messageStored: ChangedMessage
  /** The names of others who are typing in an open room, in the order in which they began; repeated while they go on. */
  typingChanged: { room: RoomKey; names: string[] }
  /** A step of {@link messengerCommands.checkConnection} is over. */
  stepChecked: { check: string; step: Step }
  /** Something went wrong that no command was waiting for. */
  errorRaised: AppError
}

/** One of the messenger's events as it travels. */
export type MessengerEvent = {
  [Name in keyof MessengerEvents]: { name: Name; payload: MessengerEvents[Name] }
}[keyof MessengerEvents]
