/** The rooms of one server, from its directory: stored in the cache first, then shown, then subscribed to. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import {
  roomKey,
  type Absence,
  type Room,
  type RoomId,
  type RoomKey,
  type ServerId,
} from '../../contract/model.ts'
import { isOpen } from '../../contract/window-commands.ts'
import type { ListedRoom } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { MessageCache } from '../ports.ts'
import {
  applyDirectory,
  applyListed,
  applyMade,
  applyRemoved,
  takenUp,
  type DirectoryChange,
  type SavedRoom,
} from './listed-rooms.ts'
import type { Watches } from './watches.ts'

/**
 * The most rooms accepted from one server. A Stompbox host has at most 1,000; rooms with cached messages stay when it removes
 * them.
 */
export const mostRooms = 5000
/** The most changes waiting for the cache; beyond that it can't keep up, and the directory is requested again later. */
export const mostChanges = 10_000

export interface RoomListOptions {
  cache: MessageCache
  state: KnownState
  serverId: ServerId
  watches: Pick<Watches, 'level'>
  /** The room is there, joined or not; told again with every directory. `tail`: its newest offset there plus one, null where the server does not say. */
  follow: (room: Room, tail: number | null) => void
  /** The room was removed. */
  unfollow: (room: RoomKey) => void
  /** The cache fails or can't keep up: stop reading from the server for now. */
  onFailing: (error: AppError) => void
}

/** If a host allows fewer subscriptions than there are rooms, the most active rooms come first. */
const byNews = (one: Room, other: Room): number => (other.last?.at ?? 0) - (one.last?.at ?? 0)

const one = (room: SavedRoom | null): DirectoryChange => ({ save: [room ?? []].flat(), remove: [] })

/** Applies changes one after another. */
export class RoomList {
  readonly #options: RoomListOptions
  #work: Promise<void> = Promise.resolve()
  #waiting = 0
  /** Whether a complete directory of this server has been seen. Rooms from earlier events do not count as invitations. */
  #isReturn: boolean
  /** The rooms' tails, while a directory is applied. */
  #tails: ReadonlyMap<RoomId, number | null> = new Map()

  constructor(options: RoomListOptions) {
    this.#options = options
    this.#isReturn = this.#rooms().length > 0
  }

  /** The directory is complete. */
  listed(rooms: ListedRoom[]): void {
    this.#change(() => {
      const wasReturn = this.#isReturn
      this.#isReturn = true
      this.#tails = new Map(rooms.map(({ roomId, nextOffset }) => [roomId, nextOffset]))
      const listed = applyDirectory(this.#rooms(), rooms, wasReturn)
      return wasReturn ? { ...listed, invitedBy: null } : listed
    })
    this.#work = this.#work.then(() => {
      for (const room of this.#rooms().toSorted(byNews)) this.#follow(room)
      this.#tails = new Map()
    })
  }

  /** A room has become available to the person. @param invitedBy the inviter's name, or null. */
  made(room: ListedRoom, invitedBy: string | null): void {
    this.#change(() => ({
      ...one(applyMade(this.#known(room.roomId), room)),
      ...(invitedBy !== null && { invitedBy }),
    }))
  }

  /** The server has this room. A room that the person left stays left. */
  offer(room: ListedRoom): void {
    this.#change(() => {
      const known = this.#known(room.roomId)
      return one(known ? applyListed(known, room) : takenUp(room))
    })
  }

  /** Ignores changes of rooms that the person can't see: a host reports public rooms to everybody, including banned people. */
  changed(room: ListedRoom): void {
    this.#change(() => {
      const before = this.#known(room.roomId)
      return one(before ? applyListed(before, room) : null)
    })
  }

  /** The room is no longer available to the person. */
  removed(roomId: RoomId, absence: Absence): void {
    this.#change(() => {
      const room = this.#known(roomId)
      return room ? applyRemoved(room, absence) : { save: [], remove: [] }
    })
  }

  /** The person joins this room. */
  takeUp(room: ListedRoom): Promise<Room> {
    return this.#keep(takenUp(room))
  }

  /** Resolves when all received changes are applied. */
  settled(): Promise<void> {
    return this.#work
  }

  #rooms(): Room[] {
    return this.#options.state.roomsOf(this.#options.serverId)
  }

  #known(roomId: RoomId): Room | undefined {
    return this.#options.state.room(roomKey(this.#options.serverId, roomId))
  }

  #follow(room: Room): void {
    this.#options.follow(room, this.#tails.get(room.roomId) ?? null)
  }

  #change(decide: () => DirectoryChange): void {
    const { onFailing } = this.#options
    if (this.#waiting >= mostChanges) {
      onFailing({ code: 'cache-failed', detail: 'the cache does not keep up with the directory' })
      return
    }
    this.#waiting++
    this.#work = this.#work
      .then(() => this.#apply(decide()))
      .catch((thrown: unknown) => onFailing(toAppError(thrown)))
      .finally(() => this.#waiting--)
  }

  async #apply({ save, remove, invitedBy: by }: DirectoryChange): Promise<void> {
    const { cache, state, serverId, watches, unfollow } = this.#options
    for (const change of save) {
      const before = this.#known(change.roomId)
      if (!before && this.#rooms().length >= mostRooms) continue
      const key = roomKey(serverId, change.roomId)
      const isNews = change.joined && !before?.joined && !isOpen(watches.level(key))
      const isInvited = by !== undefined && change.kind === 'private' && isNews
      await this.#keep(isInvited ? { ...change, invitedBy: by ?? '' } : change)
      if (isInvited) state.tellInvitation(key)
    }
    for (const { key } of remove) {
      unfollow(key)
      await cache.removeRoom(key)
      state.removeRoom(key)
    }
  }

  async #keep(change: SavedRoom): Promise<Room> {
    const { cache, state, serverId } = this.#options
    const room = await cache.saveRoom({ serverId, ...change })
    state.putRoom(room)
    this.#follow(room)
    return room
  }
}
