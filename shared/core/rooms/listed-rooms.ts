/** Rules for the rooms of a server when its directory changes: pure, without a cache or a session. */
import type { Absence, Room } from '../../contract/model.ts'
import type { ListedRoom } from '../dialect/dialect.ts'
import type { NewRoom } from '../ports.ts'

/** A room to store. */
export type SavedRoom = Omit<NewRoom, 'serverId'>

/** The changes to the rooms of one server. */
export interface DirectoryChange {
  /** New and changed rooms, to be stored. */
  save: SavedRoom[]
  /** Rooms that the server no longer has and that hold nothing worth keeping. */
  remove: Room[]
  /** The person was invited to the new private rooms: by this person, or null if unknown. */
  invitedBy?: string | null
}

/**
 * A new room is joined, with its earlier messages read; a room that the person left stays left; an archived public room
 * is not joined.
 */
const keptAs = (known: Room | undefined, listed: ListedRoom): SavedRoom => {
  const { nextOffset: _nextOffset, ...room } = listed
  if (known) return { ...room, joined: known.joined, absence: known.absence }
  const taken = takenUp(listed)
  return listed.archived && listed.kind === 'public' ? { ...taken, joined: false } : taken
}

/** @returns a room that the person joins now: its earlier messages do not count as missed. */
export const takenUp = ({ nextOffset, ...room }: ListedRoom): SavedRoom => ({
  ...room,
  joined: true,
  absence: null,
  readOffset: nextOffset,
})

const hasChanged = (known: Room, listed: ListedRoom): boolean =>
  known.name !== listed.name ||
  known.topic !== listed.topic ||
  known.kind !== listed.kind ||
  known.archived !== listed.archived ||
  known.personId !== listed.personId

/** @returns the room to store after the server made or changed it; null if nothing changes. */
export const applyListed = (known: Room | undefined, listed: ListedRoom): SavedRoom | null =>
  known && !hasChanged(known, listed) ? null : keptAs(known, listed)

/**
 * @returns the room to store when it becomes available to the person, made or opened to them: they are in it, even if
 *   they left it before.
 */
export const applyMade = (known: Room | undefined, listed: ListedRoom): SavedRoom | null =>
  known?.joined ? applyListed(known, listed) : takenUp(listed)

/**
 * The room is no longer available to the person. Its messages stay readable, and a draft can still be saved; a room
 * with neither is removed with the next directory.
 */
export const applyRemoved = (room: Room, absence: Absence): DirectoryChange => {
  const { roomId, kind, name, topic, personId, archived, joined, last, draft } = room
  if (joined)
    return { save: [{ roomId, kind, name, topic, personId, archived, joined: false, absence }], remove: [] }
  return { save: [], remove: last === null && draft === '' ? [room] : [] }
}

/**
 * @returns whether a listed room is open to the person again. A public room is listed for everybody except banned people,
 *   so a person who was removed from it stays out until they join; a room that they left stays left.
 */
const isBack = ({ absence }: Room, { kind }: ListedRoom): boolean =>
  absence === 'banned' || absence === 'gone' || (absence === 'removed' && kind !== 'public')

/**
 * @param isReturn whether the person has seen a directory of this server before: a public room that is new in it was
 *   made while they were away, and all of it is news.
 * @returns the changes that the complete directory `listed` causes in the `known` rooms of that server.
 */
export const applyDirectory = (
  known: readonly Room[],
  listed: readonly ListedRoom[],
  isReturn: boolean,
): DirectoryChange => {
  const seen = (room: ListedRoom): ListedRoom =>
    isReturn && room.kind === 'public' ? { ...room, nextOffset: null } : room
  const byId = new Map(known.map(room => [room.roomId, room]))
  const applied = (room: ListedRoom): SavedRoom | null => {
    const before = byId.get(room.roomId)
    return before && isBack(before, room) ? takenUp(room) : applyListed(before, seen(room))
  }
  const ids = new Set(listed.map(room => room.roomId))
  const gone = known.filter(room => !ids.has(room.roomId)).map(room => applyRemoved(room, 'gone'))
  return {
    save: [...listed.flatMap(room => applied(room) ?? []), ...gone.flatMap(change => change.save)],
    remove: gone.flatMap(change => change.remove),
  }
}
