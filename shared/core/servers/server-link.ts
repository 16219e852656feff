/** One server: its session, and what runs over it: directory, room subscriptions, what comes in and what goes out. */
import { Failure, toAppError, type AppError } from '../../contract/errors.ts'
import {
  roomIdSchema,
  roomKey,
  type Message,
  type Room,
  type RoomId,
  type RoomKey,
  type ServerId,
} from '../../contract/model.ts'
import { Arrivals } from '../messages/arrivals.ts'
import type { Dialect, DirectoryDialect, ListedRoom, RoomRequest, Sending } from '../dialect/dialect.ts'
import type { Dialects } from '../dialect/dialects.ts'
import { createConnecting } from './connecting.ts'
import { Directory } from '../rooms/directory.ts'
import { createMembers, type Watch } from '../rooms/members.ts'
import type { KnownState } from '../messenger-state.ts'
import { createOutbox } from '../messages/outbox.ts'
import { PersistentSession } from '../session/persistent-session.ts'
import type { OwnHost } from './own-host.ts'
import type { OutboxEntry, Ports } from '../ports.ts'
import { createRoomList } from '../rooms/room-list.ts'
import { createRoomSubscriptions, type RoomSubscriptions } from '../rooms/room-subscriptions.ts'
import type { ServerSecrets } from './server-secrets.ts'
import type { Session } from '../session/session.ts'
import { createTyping } from '../rooms/typing.ts'

/** Errors of one session that the person is told of. */
const mostTold = 50

export interface ServerLinkOptions {
  ports: Ports
  state: KnownState
  secrets: ServerSecrets
  dialects: Dialects
  serverId: ServerId
  /** @returns null while it does not run. */
  ownHost: () => OwnHost | null
}

export interface ServerLink {
  /** Connects, at once whatever the back-off says. */
  start(): void
  /** Connects anew with the profile and the person as they are now. */
  restart(): Promise<void>
  stop(): Promise<void>
  /** The computer or its network has come back. */
  wake(): void
  /** The `senderId` of this person there; null where it is not known. */
  personId(): string | null
  /** A message was queued in the cache. */
  queued(entry: OutboxEntry): void
  /** An own message was taken back. */
  discarded(room: RoomKey, id: OutboxEntry['message']['id']): void
  /** The room is joined now. */
  joined(room: Room): void
  /** The person wants a room tried again that the server has refused. */
  retryRoom(room: Room): void
  /** The room is left now. */
  left(room: RoomKey): void
  /** Has a server with a directory make a room, or opens the room of that id on any other. Rejects with `offline` where it has to be asked and can't. */
  createRoom(wanted: { name: string; kind: 'public' | 'private' }): Promise<Room>
  /** The room of two with somebody. Rejects as {@link ServerLink.request}. */
  openDirectRoom(personId: string): Promise<Room>
  /** Asks the server about a room. Rejects with its refusal, and with `offline` where it can't be asked. */
  request(request: RoomRequest): Promise<void>
  /** As {@link import('../rooms/members.ts').Members.watch}; a room of another server is none here. */
  watchMembers(watch: Watch | null): void
  /** As {@link import('../rooms/typing.ts').Typing.watch}; a room of another server is none here. */
  watchTyping(room: Room | null): void
  /** As {@link import('../rooms/typing.ts').Typing.set}. */
  setTyping(room: Room, isTyping: boolean): void
  /** Has the server free a name. Rejects as {@link ServerLink.request}. */
  freeName(name: string): Promise<void>
  /** Has the server delete a queue or stream. Rejects as {@link ServerLink.request}. */
  deleteQueue(destination: string): Promise<void>
  /** Has the server delete a message for everybody. Rejects as {@link ServerLink.request}. */
  deleteMessage(roomId: RoomId, message: Pick<Message, 'id' | 'offset'>): Promise<void>
}

/** What is there while a session is online. */
interface Online {
  session: Session
  dialect: Dialect
  rooms: RoomSubscriptions
  /** Null where the server keeps none. */
  directory: Directory | null
}

export const createServerLink = (options: ServerLinkOptions): ServerLink => {
  const { ports, state, dialects, serverId } = options
  const { cache, clock, ids, log } = ports
  let online: Online | null = null
  /** What the server spoke last, since the app started. */
  let spoken: Dialect | null = null

  const told = new Set<string>()
  /** A host that refuses a hundred subscriptions for one reason says it once in a session, and so does a disk that is full. */
  const tellOnce = (error: AppError): void => {
    const words = `${error.code} ${error.detail ?? ''}`
    if (told.has(words) || told.size >= mostTold) return
    told.add(words)
    state.raise(error)
  }
  /** The cache fails, or can't keep up: the session ends, and the next one goes on where this one could not. */
  const cutOff = (error: AppError): void => {
    log.error('cache-failing', { serverId, ...error })
    // What ends the connection is told by its state.
    if (!persistent.drop(error)) tellOnce(error)
  }
  /** For work that nobody waits for. */
  const failed = (thrown: unknown): void => cutOff(toAppError(thrown))

  const arrivals = new Arrivals({
    ports,
    state,
    serverId,
    onOwn: ({ room, id }) => outbox.settle(room, id),
    onNew: message => typing.said(message),
    onFailing: cutOff,
  })
  const outbox = createOutbox({
    cache,
    serverId,
    onStored: state.takeStored,
    onError: error => {
      log.error('outbox-failing', { serverId, code: error.code })
      state.raise(error)
    },
  })

  const { profile, addressee, poison, letIn, open } = createConnecting({
    ...options,
    onError: tellOnce,
  })

  const members = createMembers(state, log)
  const typing = createTyping({ state, clock, log })

  /** Ends all that is heard of a room. */
  const shut = (room: RoomKey): void => {
    online?.rooms.remove(room)
    members.shut(room)
    typing.shut(room)
  }
  const follow = (room: Room, standsAt: number | null): void => {
    if (!room.joined) {
      shut(room.key)
      return
    }
    online?.rooms.add(room, standsAt).catch(failed)
    members.opened(room.key)
    typing.opened(room.key)
  }
  const unfollow = (room: RoomKey): void => {
    shut(room)
    state.setRefusal(room, null)
  }
  const roomList = createRoomList({ cache, state, serverId, follow, unfollow, onFailing: cutOff })

  const openDirectory = (session: Session, dialect: DirectoryDialect): Directory =>
    new Directory({
      session,
      dialect,
      clock,
      ids,
      log,
      addressee: addressee(),
      onError: tellOnce,
      onListed: roomList.listed,
      onMade: roomList.made,
      onChanged: roomList.changed,
      onRemoved: ({ roomId }, absence) => roomList.removed(roomId, absence),
      onMember: members.changed,
    })

  /** Takes over what the server has turned out to be. */
  const learn = async ({ kind, features }: Dialect): Promise<void> => {
    const known = state.server(serverId)
    if (!known) return
    const isNews = known.kind !== kind
    if (isNews || known.features?.join() !== features.join()) state.putServer({ ...known, kind, features })
    const { hasPasscode: _hasPasscode, features: _features, ...stored } = known
    if (isNews) await cache.saveServer({ ...stored, kind })
  }

  const openOutbox = async ({ session, dialect }: Online): Promise<void> => {
    const receipts = dialect.features.includes('receipts') || (await session.givesReceipts())
    if (online?.session !== session) return
    await outbox.open({
      receipts,
      send: ({ message, roomId }) => {
        if (!dialect.keepsIds) arrivals.expectEcho(message)
        return session.send(dialect.encode(roomId, message))
      },
    })
  }

  const persistent = new PersistentSession({
    clock,
    ids,
    async open(events) {
      await arrivals.flush()
      return open(events)
    },
    letIn,
    onState: connection => {
      log.info('connection', { serverId, phase: connection.phase })
      state.setConnection(serverId, connection)
    },
    onOnline(session, dialect) {
      told.clear()
      for (const { key } of state.roomsOf(serverId)) state.setRefusal(key, null)
      spoken = dialect
      const subscriptions = createRoomSubscriptions({
        session,
        cache,
        dialect,
        // A queue gives what was not acknowledged once more.
        onMessage: (room, frame) => arrivals.take(room, frame, dialect, () => session.ack(frame)),
        onRefused({ key, roomId }, error) {
          if (error.code !== 'banned' && error.code !== 'not-found') {
            state.setRefusal(key, error)
            return
          }
          roomList.removed(roomId, error.code === 'banned' ? 'banned' : 'gone')
          tellOnce(error)
        },
      })
      online = {
        session,
        dialect,
        rooms: subscriptions,
        directory: dialect.directory && openDirectory(session, dialect.directory),
      }
      members.online(session, dialect)
      typing.online(session, dialect)
      if (!dialect.directory) for (const room of state.roomsOf(serverId)) follow(room, null)
      learn(dialect).catch(failed)
      openOutbox(online).catch(failed)
    },
    onOffline() {
      online = null
      outbox.shut()
      members.offline()
      typing.offline()
    },
  })

  /** While the session is there, so that a queue learns what is stored. Where the cache fails, the queue gives it once more. */
  const keepWhatCame = (): Promise<void> =>
    arrivals.flush().catch((thrown: unknown) => log.warn('flush-failed', { ...toAppError(thrown) }))

  const ask = async (request: RoomRequest): Promise<ListedRoom> => {
    if (!online?.directory) throw new Failure('offline')
    return online.directory.ask(request)
  }

  /** Has the server carry out what it answers with a RECEIPT alone. */
  const tell = async (sending: (dialect: Dialect) => Sending | undefined): Promise<void> => {
    const frame = online && sending(online.dialect)
    if (!online || !frame) throw new Failure('offline')
    const outcome = await online.session.send(frame)
    if (outcome === 'unknown') throw new Failure('offline')
  }

  return {
    start: () => persistent.start(),
    async restart() {
      poison.forget()
      await keepWhatCame()
      await persistent.restart()
    },
    async stop() {
      await keepWhatCame()
      await persistent.stop()
      await roomList.settled()
      await arrivals.flush()
    },
    wake: () => persistent.wake(),
    personId: () => spoken?.personId ?? null,
    queued: outbox.add,
    discarded: outbox.settle,
    joined: room => follow(room, null),
    retryRoom(room) {
      const dialect = online?.dialect ?? dialects.greetingOf(profile())
      poison.retry(dialect.roomSubscription(room.roomId, null).destination)
      unfollow(room.key)
      follow(room, null)
    },
    left: unfollow,
    async createRoom({ name: wanted, kind }) {
      const dialect = online?.dialect ?? dialects.lastOf(profile())
      if (dialect?.directory !== null)
        return roomList.takeUp(await ask({ verb: 'create', name: wanted, kind }))
      const roomId = roomIdSchema.parse(wanted)
      return roomList.takeUp({
        roomId,
        kind: 'public',
        name: wanted,
        topic: state.room(roomKey(serverId, roomId))?.topic ?? '',
        personId: null,
        archived: false,
        nextOffset: null,
      })
    },
    openDirectRoom: async personId => roomList.takeUp(await ask({ verb: 'direct', personId })),
    async request(request) {
      await ask(request)
    },
    watchMembers: watch => members.watch(watch?.room.serverId === serverId ? watch : null),
    watchTyping: room => typing.watch(room?.serverId === serverId ? room : null),
    setTyping: (room, isTyping) => typing.set(room, isTyping),
    deleteMessage: (roomId, message) => tell(({ deletion }) => deletion?.(roomId, message)),
    freeName: wanted => tell(({ freeName }) => freeName?.(wanted)),
    deleteQueue: destination => tell(({ deleteQueue }) => deleteQueue?.(destination)),
  }
}
