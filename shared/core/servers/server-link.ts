/** One server for the lifetime of its profile: state that outlives its sessions, and the current session. */
import { Failure, toAppError, type AppError } from '../../contract/errors.ts'
import {
  type ConnectionState,
  roomIdSchema,
  roomKey,
  type Message,
  type Room,
  type RoomId,
  type RoomKey,
  type ServerId,
} from '../../contract/model.ts'
import { isOpen } from '../../contract/window-commands.ts'
import type { Dialect, ListedRoom, RoomRequest, Sending } from '../dialect/dialect.ts'
import type { Dialects } from '../dialect/dialects.ts'
import { Arrivals } from '../messages/arrivals.ts'
import { Outbox } from '../messages/outbox.ts'
import type { KnownState } from '../messenger-state.ts'
import type { OutboxEntry, Ports } from '../ports.ts'
import { RoomList } from '../rooms/room-list.ts'
import type { Watches } from '../rooms/watches.ts'
import { PersistentSession } from '../session/persistent-session.ts'
import type { Session } from '../session/session.ts'
import { withoutSecrets } from '../../text/secret-free.ts'
import { createConnecting, type Connecting } from './connecting.ts'
import { Online } from './online.ts'
import type { OwnHost } from './own-host.ts'
import { roomsAt } from './rooms-at.ts'
import type { ServerSecrets } from './server-secrets.ts'
import { toStored } from './stored-server.ts'

/** Why there is no connection, for the log. Its params are left out: they repeat what the person has typed. */
const causeOf = (connection: ConnectionState): Pick<AppError, 'code' | 'detail'> | null => {
  if (!('error' in connection)) return null
  const { code, detail } = connection.error
  return { code, ...(detail !== undefined && { detail: withoutSecrets(detail) }) }
}

/** The most errors of one session that are shown to the person. */
const mostTold = 50

export interface ServerLinkOptions {
  ports: Ports
  state: KnownState
  secrets: ServerSecrets
  dialects: Dialects
  watches: Pick<Watches, 'level'>
  serverId: ServerId
  /** @returns the host in this app; null while it is off. */
  ownHost: () => OwnHost | null
}

export class ServerLink {
  readonly #options: ServerLinkOptions
  readonly #connecting: Connecting
  readonly #persistent: PersistentSession
  readonly #arrivals: Arrivals
  /** The person's own messages that are under way. */
  readonly outbox: Outbox
  readonly #roomList: RoomList
  #online: Online | null = null
  /** The dialect of the last session since the app started. */
  #spoken: Dialect | null = null
  /** The errors of this session that were shown. */
  readonly #told = new Set<string>()

  constructor(options: ServerLinkOptions) {
    const { ports, state, serverId, watches } = options
    const { cache, clock, ids, log } = ports
    const onFailing = (error: AppError): void => this.#cutOff(error)
    this.#options = options
    this.#connecting = createConnecting({ ...options, onError: error => this.#tellOnce(error) })
    this.#arrivals = new Arrivals({
      ports,
      state,
      serverId,
      onOwn: ({ room, id }) => this.outbox.settle(room, id),
      onNew: message => this.#online?.said(message),
      onFailing,
    })
    this.outbox = new Outbox({
      cache,
      clock,
      serverId,
      onStored: stored => state.takeStored(stored),
      onError: error => {
        log.error('outbox-failing', { serverId, code: error.code })
        state.raise(error)
      },
    })
    this.#roomList = new RoomList({
      cache,
      state,
      serverId,
      watches,
      follow: (room, tail) => this.#follow(room, tail),
      unfollow: room => this.left(room),
      onFailing,
    })
    this.#persistent = new PersistentSession({
      clock,
      ids,
      open: async events => {
        await this.#arrivals.flush()
        return this.#connecting.open(events)
      },
      letIn: this.#connecting.letIn,
      onState: connection => {
        log.info('connection', { serverId, phase: connection.phase, ...causeOf(connection) })
        state.setConnection(serverId, connection)
      },
      onOnline: (session, dialect) => this.#begin(session, dialect),
      onOffline: () => this.#end(),
    })
  }

  /** Connects at once, regardless of the back-off. */
  start(): void {
    this.#persistent.start()
  }

  /** Reconnects with the current profile and person. */
  async restart(): Promise<void> {
    this.#connecting.poison.forget()
    await this.#keepWhatCame()
    await this.#persistent.restart()
  }

  async stop(): Promise<void> {
    await this.#keepWhatCame()
    await this.#persistent.stop()
    await this.#roomList.settled()
    await this.#arrivals.flush()
  }

  /** The computer has woken up, or its network is back. */
  wake(): void {
    this.#persistent.wake()
  }

  /** The person has written a message: sends it, and connects for it at once. */
  sendQueued(entry: OutboxEntry): void {
    this.outbox.add(entry)
    this.#persistent.hurry()
  }

  /** The person's `senderId` on this server; null while it is unknown. */
  personId(): string | null {
    return this.#spoken?.personId ?? null
  }

  /** The person has joined the room. */
  joined(room: Room): void {
    this.#follow(room, null)
  }

  /** The person has left the room. */
  left(room: RoomKey): void {
    this.#online?.shut(room)
    this.#options.state.setRefusal(room, null)
  }

  /** Retries a room that the server has refused. */
  retryRoom(room: Room): void {
    const { profile, poison } = this.#connecting
    const { state, dialects } = this.#options
    const dialect = this.#online?.dialect ?? dialects.greetingOf(profile(), state.person()?.name ?? '')
    for (const { destination } of dialect.roomSubscriptions(room.roomId, null)) poison.retry(destination)
    this.left(room.key)
    this.#follow(room, null)
  }

  /** Creates a room on a server with a directory, or opens the room with that id on any other. Rejects with `offline` if it can't be asked. */
  async createRoom({ name, kind }: { name: string; kind: 'public' | 'private' }): Promise<Room> {
    const { state, dialects, serverId } = this.#options
    const dialect = this.#online?.dialect ?? dialects.lastOf(this.#connecting.profile())
    if (dialect?.directory !== null)
      return this.#roomList.takeUp(await this.#ask({ verb: 'create', name, kind }))
    const roomId = roomIdSchema.parse(name)
    return this.#roomList.takeUp({
      roomId,
      kind: 'public',
      name,
      topic: state.room(roomKey(serverId, roomId))?.topic ?? '',
      personId: null,
      archived: false,
      nextOffset: null,
    })
  }

  /** @returns the direct room with a person. Rejects as {@link ServerLink.request}. */
  async openDirectRoom(personId: string): Promise<Room> {
    return this.#roomList.takeUp(await this.#ask({ verb: 'direct', personId }))
  }

  /** Sends a request about a room. Rejects with the server's refusal, and with `offline`. */
  async request(request: RoomRequest): Promise<void> {
    await this.#ask(request)
  }

  /** Windows watch the room more or less closely than before, or another window does. */
  watchChanged(room: Room): void {
    const { state, watches } = this.#options
    if (this.#online) this.#online.watch(room)
    else if (isOpen(watches.level(room.key))) state.tellMembers(room.key, null)
  }

  /** As {@link import('../rooms/typing.ts').Typing.set}. */
  setTyping(room: Room, isTyping: boolean): void {
    this.#online?.setTyping(room, isTyping)
  }

  /** Asks the server to free a name. Rejects as {@link ServerLink.request}. */
  freeName(name: string): Promise<void> {
    return this.#tell(({ freeName }) => freeName?.(name))
  }

  /** Asks the server to delete a queue or stream. Rejects as {@link ServerLink.request}. */
  deleteQueue(destination: string): Promise<void> {
    return this.#tell(({ deleteQueue }) => deleteQueue?.(destination))
  }

  /** Asks the server to delete a message for everybody. Rejects as {@link ServerLink.request}. */
  deleteMessage(roomId: RoomId, message: Pick<Message, 'id' | 'offset'>): Promise<void> {
    return this.#tell(({ deletion }) => deletion?.(roomId, message))
  }

  #begin(session: Session, dialect: Dialect): void {
    const { ports, state, serverId, watches } = this.#options
    const { profile, introduction } = this.#connecting
    this.#told.clear()
    for (const { key } of state.roomsOf(serverId)) state.setRefusal(key, null)
    this.#spoken = dialect
    const failed = (thrown: unknown): void => this.#cutOff(toAppError(thrown))
    const online = new Online({
      session,
      dialect,
      ports,
      state,
      serverId,
      watches,
      addressee: this.#connecting.addressee(),
      roomList: this.#roomList,
      arrivals: this.#arrivals,
      outbox: this.outbox,
      roomsAt: url => roomsAt(url, profile(), introduction, ports.roomLists),
      onRefused: (room, error) => this.#roomRefused(room, error),
      onError: error => this.#tellOnce(error),
      onFailed: failed,
    })
    this.#online = online
    for (const room of state.roomsOf(serverId)) online.watch(room)
    if (!online.hasDirectory) for (const room of state.roomsOf(serverId)) this.#follow(room, null)
    this.#learn(dialect).catch(failed)
  }

  #end(): void {
    const online = this.#online
    this.#online = null
    online?.end()
  }

  #follow(room: Room, tail: number | null): void {
    if (room.joined) this.#online?.open(room, tail)
    else this.#online?.shut(room.key)
  }

  #roomRefused({ key, roomId }: Room, error: AppError): void {
    if (error.code !== 'banned' && error.code !== 'not-found') {
      this.#options.state.setRefusal(key, error)
      return
    }
    this.#roomList.removed(roomId, error.code === 'banned' ? 'banned' : 'gone')
    this.#tellOnce(error)
  }

  /** Saves the kind and features that the server has shown. */
  async #learn({ kind, features }: Dialect): Promise<void> {
    const { ports, state, serverId } = this.#options
    const known = state.server(serverId)
    if (!known) return
    const isNews = known.kind !== kind
    if (isNews || known.features?.join() !== features.join()) state.putServer({ ...known, kind, features })
    if (isNews) await ports.cache.saveServer({ ...toStored(known), kind })
  }

  async #ask(request: RoomRequest): Promise<ListedRoom> {
    if (!this.#online) throw new Failure('offline')
    return this.#online.ask(request)
  }

  async #tell(sending: (dialect: Dialect) => Sending | undefined): Promise<void> {
    const frame = this.#online && sending(this.#online.dialect)
    if (!this.#online || !frame) throw new Failure('offline')
    await this.#online.tell(frame)
  }

  /** Runs before the session ends, so that queues get ACKs for stored messages. If the cache fails, the queue redelivers them. */
  async #keepWhatCame(): Promise<void> {
    await this.#arrivals
      .flush()
      .catch((thrown: unknown) => this.#options.ports.log.warn('flush-failed', { ...toAppError(thrown) }))
  }

  /** The cache fails or can't keep up: ends the session; the next one resumes from the cached offsets. */
  #cutOff(error: AppError): void {
    this.#options.ports.log.error('cache-failing', { serverId: this.#options.serverId, ...error })
    // The connection's state reports errors that end it.
    if (!this.#persistent.drop(error)) this.#tellOnce(error)
  }

  /** Shows each error once per session, even if a host refuses a hundred subscriptions for one reason. */
  #tellOnce(error: AppError): void {
    const words = `${error.code} ${error.detail ?? ''}`
    if (this.#told.has(words) || this.#told.size >= mostTold) return
    this.#told.add(words)
    this.#options.state.raise(error)
  }
}
