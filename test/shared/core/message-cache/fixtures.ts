/** What the parts of the cache's contract share: an opened cache, names and messages. */
import { Failure } from '../../../../shared/contract/errors.ts'
import {
  roomIdSchema,
  roomKey,
  serverIdSchema,
  type Room,
  type RoomKey,
  type ServerId,
} from '../../../../shared/contract/model.ts'
import type { ArrivedMessage, MessageCache, NewRoom, StoredServer } from '../../../../shared/core/ports.ts'
import { aServer, messageId as id } from '../../contract/examples.ts'

export { id }

export interface OpenedCache {
  cache: MessageCache
  /** Closes `cache` and opens another one on what it has kept. */
  reopen(): Promise<MessageCache>
}

/** The cache of the test that runs. */
export interface Box {
  cache: MessageCache
  /** Closes the cache and opens it again. */
  reopen(): Promise<void>
  idsIn(room: RoomKey): Promise<string[]>
  roomNow(room: RoomKey): Promise<Room | undefined>
}

export const home = serverIdSchema.parse('home')
export const work = serverIdSchema.parse('work')
export const general = roomKey(home, roomIdSchema.parse('general'))
export const random = roomKey(home, roomIdSchema.parse('random'))
export const office = roomKey(work, roomIdSchema.parse('general'))

export const server = (id: ServerId): StoredServer => {
  const {
    hasPasscode: _hasPasscode,
    keptSecrets: _keptSecrets,
    features: _features,
    ...stored
  } = aServer({ id })
  return stored
}

/** A message of somebody else without a place in the server's history; `t` orders by arrival. */
export const live = (name: string, t: number, change: Partial<ArrivedMessage> = {}): ArrivedMessage => ({
  room: general,
  id: id(name),
  type: 'CHAT',
  sender: '민준',
  senderId: 'm1',
  content: `text of ${name}`,
  sentAt: t,
  receivedAt: t,
  offset: null,
  own: false,
  mentionsMe: false,
  extra: null,
  ...change,
})

/** A message out of the server's history. */
export const kept = (
  name: string,
  offset: number,
  t: number,
  change: Partial<ArrivedMessage> = {},
): ArrivedMessage => live(name, t, { offset, ...change })

export const mine = (name: string, t: number, change: Partial<ArrivedMessage> = {}): ArrivedMessage =>
  live(name, t, { own: true, sender: '지우', senderId: null, ...change })

export const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof Failure ? thrown.error.code : `no Failure but ${String(thrown)}`
}

/** @returns a public room at {@link home} as it is taken up, named after its id. */
export const newRoom = (roomId: string, change: Partial<NewRoom> = {}): NewRoom => ({
  serverId: home,
  roomId: roomIdSchema.parse(roomId),
  kind: 'public',
  name: roomId,
  topic: '',
  personId: null,
  joined: true,
  absence: null,
  archived: false,
  ...change,
})
