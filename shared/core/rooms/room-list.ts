/** The rooms of one server as its directory tells of them: kept in the cache first, then known, then followed. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import {
  roomKey,
  type Absence,
  type Room,
  type RoomId,
  type RoomKey,
  type ServerId,
} from '../../contract/model.ts'
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

/**
 * Rooms of one server that are taken in. A Stompbox host has at most 1,000; those of which something is kept here stay when it removes
 * them.
 */
export const mostRooms = 5000
/** Changes that may wait for the cache; more means that it can't keep up, and the directory is asked for again later. */
export const mostChanges = 10_000

export interface RoomListOptions {
  cache: MessageCache
  state: KnownState
  serverId: ServerId
  /** The room is there, joined or not; told again with every directory. `tail`: its newest offset there plus one, null where the server does not say. */
  follow: (room: Room, tail: number | null) => void
  /** The room is gone. */
  unfollow: (room: RoomKey) => void
  /** The cache fails, or can't keep up: nothing more may be taken from the server for now. */
  onFailing: (error: AppError) => void
}

/** Where a host takes fewer subscriptions than there are rooms, those where people talk come first. */
const byNews = (one: Room, other: Room): number => (other.last?.at ?? 0) - (one.last?.at ?? 0)

const one = (room: SavedRoom | null): DirectoryChange => ({ save: [room ?? []].flat(), remove: [] })

/** Changes happen one after the other, each on what the one before has left. */
export class RoomList {
  readonly #options: RoomListOptions
  #work: Promise<void> = Promise.resolve()
  #waiting = 0
  /** Whether a directory of this server was seen before. A room that an event brings before the first one does not count. */
  #isReturn: boolean
  /** The tails of the histories, while a directory is applied. */
  #tails: ReadonlyMap<RoomId, number | null> = new Map()

  constructor(options: RoomListOptions) {
    this.#options = options
    this.#isReturn = this.#rooms().length > 0
  }

  /** The whole directory has come. */
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

  /** A room is there for the person from now on. @param invitedBy name of the person who has invited them; null if nobody has. */
  made(room: ListedRoom, invitedBy: string | null): void {
    this.#change(() => ({
      ...one(applyMade(this.#known(room.roomId), room)),
      ...(invitedBy !== null && { invitedBy }),
    }))
  }

  /** What is told of a room that is not there for the person is left out: a host tells everybody of its public rooms, those it has banned too. */
  changed(room: ListedRoom): void {
    this.#change(() => {
      const before = this.#known(room.roomId)
      return one(before ? applyListed(before, room) : null)
    })
  }

  /** The room is not there for the person any more. */
  removed(roomId: RoomId, absence: Absence): void {
    this.#change(() => {
      const room = this.#known(roomId)
      return room ? applyRemoved(room, absence) : { save: [], remove: [] }
    })
  }

  /** The person joins this room now. */
  takeUp(room: ListedRoom): Promise<Room> {
    return this.#keep(takenUp(room))
  }

  /** Resolves when what has come is taken in. */
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
    const { cache, state, unfollow } = this.#options
    for (const change of save) {
      const before = this.#known(change.roomId)
      if (!before && this.#rooms().length >= mostRooms) continue
      const { key, kind, joined } = await this.#keep(change)
      if (by !== undefined && kind === 'private' && joined && !before?.joined)
        state.addInvitation({ room: key, by })
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
