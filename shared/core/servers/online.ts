/** Everything that belongs to one session: created when the session connects, ended with it. */
import { Failure, toAppError } from '../../contract/errors.ts'
import type { Message, Room, RoomKey, ServerId } from '../../contract/model.ts'
import type { Dialect, ListedRoom, RoomRequest, RoomsDialect, Sending } from '../dialect/dialect.ts'
import type { Arrivals } from '../messages/arrivals.ts'
import type { Outbox } from '../messages/outbox.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Ports } from '../ports.ts'
import { shownAddress } from '../../text/secret-free.ts'
import { Directory, type DirectoryOptions } from '../rooms/directory.ts'
import { listen } from '../rooms/listen.ts'
import type { RoomList } from '../rooms/room-list.ts'
import { OfflineLines } from '../rooms/offline-lines.ts'
import { RoomSubscriptions, type RoomSubscriptionsOptions } from '../rooms/room-subscriptions.ts'
import { Typing } from '../rooms/typing.ts'
import { WatchedRooms } from '../rooms/watched-rooms.ts'
import type { Watches } from '../rooms/watches.ts'
import type { Session } from '../session/session.ts'

export interface OnlineOptions {
  session: Session
  dialect: Dialect
  ports: Ports
  state: KnownState
  serverId: ServerId
  watches: Pick<Watches, 'level'>
  addressee: DirectoryOptions['addressee']
  roomList: RoomList
  arrivals: Arrivals
  outbox: Outbox
  /** As {@link import('./rooms-at.ts').roomsAt}. */
  roomsAt: (url: string) => Promise<string>
  onRefused: RoomSubscriptionsOptions['onRefused']
  /** The server refused a request that no caller waits for. */
  onError: DirectoryOptions['onError']
  /** Background work has failed. */
  onFailed: (thrown: unknown) => void
}

export class Online {
  readonly dialect: Dialect
  readonly #options: OnlineOptions
  /** Null where the server keeps the history. */
  readonly #lines: OfflineLines | null
  readonly #subscriptions: RoomSubscriptions
  readonly #directory: Directory | null
  readonly #watched: WatchedRooms
  readonly #typing: Typing | null
  #isOver = false

  /** Requests the directory, and starts sending the outbox. */
  constructor(options: OnlineOptions) {
    const { session, dialect, state, watches, arrivals } = options
    const { cache, clock, log } = options.ports
    this.dialect = dialect
    this.#options = options
    this.#lines = dialect.features.includes('history') ? null : this.#openLines()
    this.#subscriptions = new RoomSubscriptions({
      lines: this.#lines,
      session,
      dialect,
      cache,
      onMessage: arrivals.take,
      onOpened: () => options.outbox.roomOpened(),
      onRefused: options.onRefused,
    })
    this.#watched = new WatchedRooms({ session, dialect, watches, state, clock, log })
    this.#typing = dialect.typing && new Typing({ session, dialect: dialect.typing, clock })
    this.#directory = this.#openDirectory()
    if (dialect.rooms) this.#openRooms(dialect.rooms)
    this.#openOutbox().catch(options.onFailed)
  }

  /** Whether the server has a list of its rooms. */
  get hasDirectory(): boolean {
    return this.#directory !== null
  }

  /** The person is in the room. @param tail as {@link RoomSubscriptions.add}. */
  open(room: Room, tail: number | null): void {
    this.#subscriptions.add(room, tail).catch(this.#options.onFailed)
    this.#watched.follow(room)
  }

  /** Ends all subscriptions of a room. */
  shut(room: RoomKey): void {
    this.#subscriptions.remove(room)
    this.#watched.shut(room)
  }

  /** @returns the room after the request. Rejects as {@link Directory.ask}, and with `offline` where the server has no directory. */
  async ask(request: RoomRequest): Promise<ListedRoom> {
    if (!this.#directory) throw new Failure('offline')
    return this.#directory.ask(request)
  }

  /** Sends a request that the server answers with only a RECEIPT. Rejects with its refusal, and with `offline` without a RECEIPT. */
  async tell(sending: Sending): Promise<void> {
    const outcome = await this.#options.session.send(sending)
    if (outcome === 'unknown') throw new Failure('offline')
  }

  /** As {@link WatchedRooms.follow}. */
  watch(room: Room): void {
    this.#watched.follow(room)
  }

  /** As {@link Typing.set}. */
  setTyping(room: Room, isTyping: boolean): void {
    this.#typing?.set(room, isTyping)
  }

  /** As {@link WatchedRooms.said}. */
  said(message: Message): void {
    this.#watched.said(message)
  }

  /** The session has ended. */
  end(): void {
    this.#isOver = true
    this.#lines?.end()
    this.#options.outbox.shut()
    this.#watched.end()
    this.#typing?.end()
  }

  #openLines(): OfflineLines {
    const { ports, state, session, onFailed } = this.#options
    return new OfflineLines({
      ports,
      heardAt: () => session.heardAt,
      onStored: stored => state.takeStored(stored),
      onFailed,
    })
  }

  #openDirectory(): Directory | null {
    const { session, dialect, ports, addressee, roomList, onError } = this.#options
    const { clock, ids, log } = ports
    if (!dialect.directory) return null
    return new Directory({
      session,
      dialect: dialect.directory,
      clock,
      ids,
      log,
      addressee,
      onListed: rooms => roomList.listed(rooms),
      onMade: (room, invitedBy) => roomList.made(room, invitedBy),
      onChanged: room => roomList.changed(room),
      onRemoved: ({ roomId }, absence) => roomList.removed(roomId, absence),
      onMember: change => this.#watched.changed(change),
      onError,
    })
  }

  #openRooms({ named, listing, webList, notices }: RoomsDialect): void {
    const { session, state, roomList, onError } = this.#options
    const { log } = this.#options.ports
    for (const room of named) roomList.offer(room)
    for (const feed of listing?.feeds ?? [])
      listen(session, log, feed, rooms => {
        for (const room of rooms) roomList.offer(room)
      })
    if (listing?.request)
      session.send(listing.request).catch((thrown: unknown) => onError(toAppError(thrown)))
    if (webList) this.#askForRooms(webList).catch((thrown: unknown) => onError(toAppError(thrown)))
    for (const feed of notices)
      listen(session, log, feed, ({ name, text }) =>
        state.raise({ code: 'server-notice', params: { name, text } }),
      )
  }

  async #askForRooms({ url, read }: NonNullable<RoomsDialect['webList']>): Promise<void> {
    const { roomsAt, roomList } = this.#options
    const rooms = read(await roomsAt(url))
    if (this.#isOver) return
    if (!rooms) throw new Failure('rooms-unlisted', { url: shownAddress(url), message: 'JSON' })
    for (const room of rooms) roomList.offer(room)
  }

  async #openOutbox(): Promise<void> {
    const { session, dialect, arrivals, outbox } = this.#options
    const receipts = dialect.features.includes('receipts') || (await session.givesReceipts())
    if (this.#isOver) return
    await outbox.open({
      receipts,
      session,
      dialect,
      isOpened: room => this.#subscriptions.isOpened(room),
      expectEcho: message => arrivals.expectEcho(message),
    })
  }
}
