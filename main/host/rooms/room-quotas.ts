/** How many rooms there may be, and how many of them one person may make. */
import type { StoredRoom } from '../ports/directory.ts'
import { refused } from '../wire/refusal.ts'

/** Rooms of one host, and direct rooms of one person; the directory is one MESSAGE, which has to fit a frame. */
const maxRooms = 1_000
/** Of these, rooms that only an owner of the host makes, so that others can't leave them none. */
const reserved = 100
/** Rooms that one device key makes, that all guests make together, and that come from one address: a person may have many keys. */
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

/** A room, with the standings of its people by their ids. */
type DirectRoom = Readonly<StoredRoom> & { readonly standings: ReadonlyMap<string, unknown> }

const refuse = (why: string): Error => refused('too-many-rooms', why)

/** @param rooms all that there are. @throws {RefusedError} `too-many-rooms` where the maker may make no more. */
export const checkRoomQuota = (
  rooms: Iterable<Readonly<StoredRoom>>,
  { personId, from, ownsHost }: Maker,
): void => {
  const groups = [...rooms].filter(({ kind }) => kind !== 'direct')
  if (groups.length >= maxRooms) throw refuse(`this host has ${maxRooms} rooms, its most`)
  if (ownsHost) return
  if (groups.length >= maxRooms - reserved)
    throw refuse(`this host has ${groups.length} rooms, its most; an owner of the host may make more`)
  const isOwn = ({ madeBy, madeFrom }: Readonly<StoredRoom>): boolean =>
    // The host's first room comes from no address; guests did not make it.
    personId === null ? madeBy === null && madeFrom !== null : madeBy === personId
  const own = groups.filter(isOwn).length
  const most = personId === null ? maxOfGuests : maxOfPerson
  if (own >= most)
    throw refuse(
      `${personId === null ? 'guests have made' : 'you have made'} ${most} rooms, the most that may be`,
    )
  if (groups.filter(({ madeFrom }) => madeFrom === from).length >= maxOfAddress)
    throw refuse(`${maxOfAddress} rooms came from your address, the most that may be`)
}

/**
 * Looks whether two people may have one more direct room. One in which nobody has said anything counts against its maker alone: strangers
 * can make any number of them.
 * @param rooms all that there are, oldest first. @param isEmpty whether nobody has said anything in a room.
 * @returns empty rooms that make way for the new one.
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
    throw refuse(`one of you has ${maxRooms} direct rooms, the most that there can be`)
  })
