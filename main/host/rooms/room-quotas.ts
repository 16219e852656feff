/** The quotas of rooms: in total and by maker. */
import type { StoredRoom } from '../ports/directory.ts'
import { refused } from '../wire/refusal.ts'

/** Rooms of one host, and direct rooms of one person. The directory is one MESSAGE, which has to fit into a frame. */
const maxRooms = 1_000
/** Of these, rooms that only an owner of the host may make, so that others can't use up the quota. */
const reserved = 100
/** Rooms made with one device key, by all guests together, and from one address (a person may have many keys). */
const maxOfPerson = 100
const maxOfGuests = 200
const maxOfAddress = 250

interface Maker {
  /** Null for a guest. */
  personId: string | null
  /** As {@link StoredRoom.madeFrom}. */
  from: string
  ownsHost: boolean
}

/** A room with the standings of its people, by person id. */
type DirectRoom = Readonly<StoredRoom> & { readonly standings: ReadonlyMap<string, unknown> }

const refuse = (why: string): Error => refused('too-many-rooms', why)

/** @param rooms all existing rooms. @throws {RefusedError} `too-many-rooms` if the maker has reached a quota. */
export const checkRoomQuota = (
  rooms: Iterable<Readonly<StoredRoom>>,
  { personId, from, ownsHost }: Maker,
): void => {
  const groups = [...rooms].filter(({ kind }) => kind !== 'direct')
  if (groups.length >= maxRooms) throw refuse(`this host has its maximum of ${maxRooms} rooms`)
  if (ownsHost) return
  if (groups.length >= maxRooms - reserved)
    throw refuse(`this host has ${groups.length} rooms; only an owner of the host may make more`)
  const isOwn = ({ madeBy, madeFrom }: Readonly<StoredRoom>): boolean =>
    // The host's first room has no address; guests did not make it.
    personId === null ? madeBy === null && madeFrom !== null : madeBy === personId
  const own = groups.filter(isOwn).length
  const most = personId === null ? maxOfGuests : maxOfPerson
  if (own >= most)
    throw refuse(`${personId === null ? 'guests have made' : 'you have made'} ${most} rooms, the maximum`)
  if (groups.filter(({ madeFrom }) => madeFrom === from).length >= maxOfAddress)
    throw refuse(`${maxOfAddress} rooms were made from your address, the maximum`)
}

/**
 * Checks whether two people may have one more direct room. An empty one counts only against its maker, because
 * strangers can make any number of them.
 * @param rooms all existing rooms, oldest first. @param isEmpty whether a room has no message.
 * @returns empty rooms to delete in favour of the new one.
 * @throws {RefusedError} `too-many-rooms`
 */
export const makeWayForDirect = <Room extends DirectRoom>(
  rooms: readonly Room[],
  personIds: readonly string[],
  isEmpty: (roomId: string) => boolean,
): Room[] =>
  personIds.flatMap(personId => {
    const theirs = rooms.filter(({ kind, standings }) => kind === 'direct' && standings.has(personId))
    if (theirs.length < maxRooms) return []
    const oldest = theirs.find(({ roomId, madeBy }) => madeBy !== personId && isEmpty(roomId))
    if (oldest) return [oldest]
    throw refuse(`one of you has the maximum of ${maxRooms} direct rooms`)
  })
