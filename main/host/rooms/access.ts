/** The permissions of people in a room. */
import { isPattern } from '../../broker/destinations/topic-pattern.ts'
import { RefusedError, type Refusal } from '../../broker/options/hooks.ts'
import { roomOf } from '../../../shared/protocol/destinations.ts'
import type { Role, Standing } from '../../../shared/protocol/people.ts'
import { refusal, refused } from '../wire/refusal.ts'
import { covers } from '../wire/room-topics.ts'
import { firstRoomId, type Room, type Rooms } from './rooms.ts'

const ranks: Readonly<Record<Role, number>> = { owner: 3, moderator: 2, member: 1 }

/** @returns 0 for a person without a role. */
export const rankOf = (role: Role | null): number => (role === null ? 0 : ranks[role])

export interface Access {
  /** @returns whether this person owns the first room, and with it the host. */
  ownsHost(personId: string): boolean
  /** @returns the ids of the host's owners. */
  hostOwners(): string[]
  /** @returns null for banned people, and for outsiders of a room that is not public. */
  roleIn(room: Room, personId: string): Role | null
  /** People with a standing of their own in the room; in a public room this includes the host's owners. */
  standingsIn(room: Room): Map<string, Standing>
  /**
   * @returns a room that this person may read. A room that must stay hidden from them is refused like a missing one.
   * @throws {RefusedError} `not-found`, `banned`
   */
  readable(roomId: string, personId: string): Room
  /** @returns a room in which this person may write. @throws {RefusedError} as {@link readable}, and `room-archived` */
  writable(roomId: string, personId: string): Room
  /**
   * @returns a room in which this person has at least this role. @throws {RefusedError} as {@link readable}, and
   *   `not-allowed`
   */
  asRole(roomId: string, personId: string, least: Role): Room
  /**
   * @returns why this person may not subscribe to the destination; null if they may. Messages of non-public rooms never
   *   reach wildcards, so a wildcard is refused only if it covers a public room from which the person is banned.
   */
  refuseSubscribe(destination: string, personId: string): Refusal | null
}

/** @returns the refusal for a room that does not exist or must stay hidden. */
export const unknownRoom = (roomId: string): Refusal =>
  refusal('not-found', `there is no room "${roomId}": SUBSCRIBE /app/rooms lists them`)

export const createAccess = (rooms: Rooms): Access => {
  const ownsHost = (personId: string): boolean => rooms.find(firstRoomId)?.standings.get(personId) === 'owner'
  const hostOwners = (): string[] =>
    [...(rooms.find(firstRoomId)?.standings ?? [])].flatMap(([personId, standing]) =>
      standing === 'owner' ? [personId] : [],
    )
  const roleIn: Access['roleIn'] = ({ kind, standings }, personId) => {
    const standing = standings.get(personId)
    if (standing === 'banned') return null
    if (kind !== 'public') return standing ?? null
    return ownsHost(personId) ? 'owner' : (standing ?? 'member')
  }
  const standingsIn: Access['standingsIn'] = room => {
    const owners = room.kind === 'public' ? hostOwners() : []
    const ids = new Set([...owners, ...room.standings.keys()])
    return new Map([...ids].map(personId => [personId, roleIn(room, personId) ?? 'banned']))
  }
  const refuse = (room: Room | undefined, roomId: string, personId: string): Refusal | null => {
    if (room?.standings.get(personId) === 'banned')
      return refusal('banned', `you are banned from the room "${roomId}"`)
    if (!room || roleIn(room, personId) === null) return unknownRoom(roomId)
    return null
  }
  const readable: Access['readable'] = (roomId, personId) => {
    const room = rooms.find(roomId)
    const why = refuse(room, roomId, personId)
    if (!room || why) throw new RefusedError(why ?? unknownRoom(roomId))
    return room
  }

  return {
    ownsHost,
    hostOwners,
    roleIn,
    standingsIn,
    readable,
    writable: (roomId, personId) => {
      const room = readable(roomId, personId)
      if (room.archived) throw refused('room-archived', `the room "${roomId}" is archived and read-only`)
      return room
    },
    asRole: (roomId, personId, least) => {
      const room = readable(roomId, personId)
      if (rankOf(roleIn(room, personId)) >= ranks[least]) return room
      throw refused(
        'not-allowed',
        `only ${least === 'owner' ? 'an owner' : `a ${least}`} of the room may do that`,
      )
    },
    refuseSubscribe: (destination, personId) => {
      if (isPattern(destination)) {
        const banning = rooms
          .list()
          .find(
            ({ kind, roomId, standings }) =>
              kind === 'public' && standings.get(personId) === 'banned' && covers(destination, roomId),
          )
        return banning ? refuse(banning, banning.roomId, personId) : null
      }
      const roomId = roomOf(destination)
      return roomId === null ? null : refuse(rooms.find(roomId), roomId, personId)
    },
  }
}
