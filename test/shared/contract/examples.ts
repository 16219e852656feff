/** Servers, rooms, messages and measures for tests: ordinary ones, but for what a test says is special about them. */
import type { AppEvent } from '../../../shared/contract/api.ts'
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import {
  features,
  messageIdSchema,
  roomIdSchema,
  roomKey,
  serverIdSchema,
  type Message,
  type MessageChange,
  type MessageId,
  type Room,
  type ServerProfile,
} from '../../../shared/contract/model.ts'
import { profileOf } from '../../../shared/contract/profile.ts'

const featuresOf = (kind: ServerProfile['kind'] = 'stompbox'): ServerProfile['features'] =>
  kind === null ? null : kind === 'stompbox' ? features : []

/** @returns a Stompbox host that is switched on; where a `kind` is given, with the features that are usual for it. */
export const aServer = (
  change: Partial<Omit<ServerProfile, 'id'>> & { id?: string } = {},
): ServerProfile => ({
  name: '한빛 스튜디오',
  url: 'ws://192.168.0.14:7070/stomp',
  fingerprint: null,
  profile: profileOf(),
  own: false,
  enabled: true,
  kind: 'stompbox',
  features: featuresOf(change.kind),
  hasPasscode: false,
  keptSecrets: [],
  ...change,
  id: serverIdSchema.parse(change.id ?? 's1'),
})

/** @returns a joined room with nothing in it, named as its id. */
export const aRoom = (id: string, change: Partial<Room> & { server?: string } = {}): Room => {
  const { server, ...rest } = change
  const serverId = serverIdSchema.parse(server ?? 's1')
  const roomId = roomIdSchema.parse(id)
  return {
    key: roomKey(serverId, roomId),
    serverId,
    roomId,
    kind: 'public',
    name: id,
    topic: '',
    personId: null,
    joined: true,
    absence: null,
    archived: false,
    unread: 0,
    mentions: 0,
    lastReadId: null,
    last: null,
    draft: '',
    invitedBy: null,
    ...rest,
  }
}

export const messageId = (id: string): MessageId => messageIdSchema.parse(id)

const noon = new Date(2026, 10, 22, 12).getTime()
const minute = 60_000

/** @returns the `n`th message of a room, of somebody else, one a minute from noon on. */
export const aMessage = (
  n: number,
  change: Partial<Omit<Message, 'id'>> & { id?: string } = {},
): Message => ({
  room: aRoom('general').key,
  type: 'CHAT',
  sender: '이서연',
  senderId: 'seoyeon',
  content: `message ${n}`,
  sentAt: noon + n * minute,
  receivedAt: noon + n * minute,
  offset: n,
  sortAt: noon + n * minute,
  seq: n,
  own: false,
  delivery: null,
  failure: null,
  mentionsMe: false,
  ...change,
  id: messageId(change.id ?? `m${n}`),
})

/** @returns messages `from` to `to`, both included. */
export const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, at) => aMessage(from + at))

/** @returns the measure of a host on which nothing goes on. */
export const aMeasure = (change: Partial<HostMeasure> = {}): HostMeasure => ({
  at: 0,
  messages: 0,
  deliveries: 0,
  backlogBytes: 0,
  longestBacklogBytes: 0,
  memoryBytes: 0,
  crowdedAddress: null,
  rooms: [],
  moreRooms: 0,
  closedRooms: { count: 0, messages: 0 },
  queues: [],
  moreQueues: 0,
  ...change,
})

/** @returns the event by which a window learns of a message. */
export const stored = (message: Message, change: MessageChange = 'new'): AppEvent => ({
  name: 'messageStored',
  payload: { message, change },
})
