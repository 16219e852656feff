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
  /** The room is there, joined or not; told again with every directory. `standsAt`: its `nextOffset` there, null where it does not say. */
  follow: (room: Room, standsAt: number | null) => void
  /** The room is gone. */
  unfollow: (room: RoomKey) => void
  /** The cache fails, or can't keep up: nothing more may be taken from the server for now. */
  onFailing: (error: AppError) => void
}

export interface RoomList {
  /** The whole directory has come. */
  listed: (rooms: ListedRoom[]) => void
  /** A room is there for the person from now on. @param invitedBy name of the person who has invited them; null if nobody has. */
  made: (room: ListedRoom, invitedBy: string | null) => void
  /** What is told of a room that is not there for the person is left out: a host tells everybody of its public rooms, those it has banned too. */
  changed: (room: ListedRoom) => void
  /** The room is not there for the person any more. */
  removed: (roomId: RoomId, absence: Absence) => void
  /** The person joins this room now. */
  takeUp: (room: ListedRoom) => Promise<Room>
  /** Resolves when what has come is taken in. */
  settled: () => Promise<void>
}

/** Where a host takes fewer subscriptions than there are rooms, those where people talk come first. */
const byNews = (one: Room, other: Room): number => (other.last?.at ?? 0) - (one.last?.at ?? 0)

export const createRoomList = (options: RoomListOptions): RoomList => {
  const { cache, state, serverId, follow, unfollow, onFailing } = options
  let turn: Promise<void> = Promise.resolve()
  let waiting = 0
  /** Whether a directory of this server was seen before. A room that an event brings before the first one does not count. */
  let isReturn = state.roomsOf(serverId).length > 0

  /** Where the histories stand, while a directory is applied. */
  let nextOffsets = new Map<RoomId, number | null>()

  const known = (roomId: RoomId): Room | undefined => state.room(roomKey(serverId, roomId))

  const hasPlace = (): boolean => state.roomsOf(serverId).length < mostRooms

  const followOn = (room: Room): void => follow(room, nextOffsets.get(room.roomId) ?? null)
  const keep = async (change: DirectoryChange['save'][number]): Promise<Room> => {
    const room = await cache.saveRoom({ serverId, ...change })
    state.putRoom(room)
    followOn(room)
    return room
  }
  const apply = async ({ save, remove, invitedBy: by }: DirectoryChange): Promise<void> => {
    for (const change of save) {
      const before = known(change.roomId)
      if (!before && !hasPlace()) continue
      const { key, kind, joined } = await keep(change)
      if (by !== undefined && kind === 'private' && joined && !before?.joined)
        state.addInvitation({ room: key, by })
    }
    for (const { key } of remove) {
      unfollow(key)
      await cache.removeRoom(key)
      state.removeRoom(key)
    }
  }
  /** Changes happen one after the other, each on what the one before has left. */
  const change = (decide: () => DirectoryChange): void => {
    if (waiting >= mostChanges) {
      onFailing({ code: 'cache-failed', detail: 'the cache does not keep up with the directory' })
      return
    }
    waiting++
    turn = turn
      .then(() => apply(decide()))
      .catch((thrown: unknown) => onFailing(toAppError(thrown)))
      .finally(() => waiting--)
  }

  const one = (room: SavedRoom | null): DirectoryChange => ({ save: [room ?? []].flat(), remove: [] })

  return {
    listed: rooms => {
      change(() => {
        const wasReturn = isReturn
        isReturn = true
        nextOffsets = new Map(rooms.map(({ roomId, nextOffset }) => [roomId, nextOffset]))
        const listed = applyDirectory(state.roomsOf(serverId), rooms, wasReturn)
        return wasReturn ? { ...listed, invitedBy: null } : listed
      })
      turn = turn.then(() => {
        state.roomsOf(serverId).toSorted(byNews).forEach(followOn)
        nextOffsets = new Map()
      })
    },
    made: (room, invitedBy) =>
      change(() => ({
        ...one(applyMade(known(room.roomId), room)),
        ...(invitedBy !== null && { invitedBy }),
      })),
    changed: room =>
      change(() => {
        const before = known(room.roomId)
        return one(before ? applyListed(before, room) : null)
      }),
    removed: (roomId, absence) =>
      change(() => {
        const room = known(roomId)
        return room ? applyRemoved(room, absence) : { save: [], remove: [] }
      }),
    takeUp: room => keep(takenUp(room)),
    settled: () => turn,
  }
}
