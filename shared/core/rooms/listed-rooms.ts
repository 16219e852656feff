/** What becomes of the rooms of a server when its directory tells of them: pure rules, without a cache or a session. */
import type { Absence, Room } from '../../contract/model.ts'
import type { ListedRoom } from '../dialect/dialect.ts'
import type { NewRoom } from '../ports.ts'

/** A room as it is to be kept. */
export type SavedRoom = Omit<NewRoom, 'serverId'>

/** What is done to the rooms of one server when its directory is known. */
export interface DirectoryChange {
  /** Rooms that are new or have changed, as they are to be kept. */
  save: SavedRoom[]
  /** Rooms that the server no longer has and of which nothing is worth keeping. */
  remove: Room[]
  /** The person was invited to the private rooms that are new in it: by somebody of this name, or null if that is not known. */
  invitedBy?: string | null
}

/**
 * A room that is new to us is joined, with its history behind us; one that the person left stays left, and into one that was for everybody
 * and is archived nobody is put any more.
 */
const keptAs = (known: Room | undefined, listed: ListedRoom): SavedRoom => {
  const { nextOffset: _nextOffset, ...room } = listed
  if (known) return { ...room, joined: known.joined, absence: known.absence }
  const taken = takenUp(listed)
  return listed.archived && listed.kind === 'public' ? { ...taken, joined: false } : taken
}

/** @returns a room that the person joins now: nobody has missed what was said there before. */
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

/** @returns what a room that the server has made or changed comes to; null where nothing changes. */
export const applyListed = (known: Room | undefined, listed: ListedRoom): SavedRoom | null =>
  known && !hasChanged(known, listed) ? null : keptAs(known, listed)

/** @returns what comes of a room that is there for the person from now on, made or opened to them: they are in it, though they left it before. */
export const applyMade = (known: Room | undefined, listed: ListedRoom): SavedRoom | null =>
  known?.joined ? applyListed(known, listed) : takenUp(listed)

/**
 * The room is not there for the person any more. What was said in it stays readable, and what they are typing there at this moment can
 * still be saved; a room that holds neither goes with the next directory.
 */
export const applyRemoved = (room: Room, absence: Absence): DirectoryChange => {
  const { roomId, kind, name, topic, personId, archived, joined, last, draft } = room
  if (joined)
    return { save: [{ roomId, kind, name, topic, personId, archived, joined: false, absence }], remove: [] }
  return { save: [], remove: last === null && draft === '' ? [room] : [] }
}

/**
 * @returns whether a room that a directory lists is open to the person again. A public room is listed for everybody who is not banned,
 *   so that a person who was removed from it stays out until they join; a room that they left stays left.
 */
const isBack = ({ absence }: Room, { kind }: ListedRoom): boolean =>
  absence === 'banned' || absence === 'gone' || (absence === 'removed' && kind !== 'public')

/**
 * @param isReturn whether the person has seen a directory of this server before: a public room that is new in it was made while they were
 *   away, and all of it is news.
 * @returns what the whole directory `listed` means for the rooms `known` of that server.
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
