/** The rooms of this host and who is what in them: in memory for reading, on disk before a change counts. */
import { randomBytes } from 'node:crypto'
import { displayNameSchema } from '../../../shared/protocol/display-name.ts'
import { nameKey } from '../../../shared/text/fold.ts'
import type { RoomKind, Standing } from '../../../shared/protocol/people.ts'
import { addressGroup } from '../../broker/quotas/address-group.ts'
import { createAddressRate } from '../limits/address-rate.ts'
import type { RoomRequest, RoomTable, StoredRoom } from '../history/rooms.ts'
import { refused } from '../wire/refusal.ts'
import { makeRoomId } from '../../../shared/protocol/room-id.ts'
import { checkRoomQuota, makeWayForDirect } from './room-quotas.ts'

/** The room that every host has. Who owns it owns the host: an owner in all public rooms. */
export const firstRoomId = 'general'

export interface Room extends Readonly<StoredRoom> {
  /** What people are here, by their ids. In a public room everybody who is not named is a member. */
  readonly standings: ReadonlyMap<string, Standing>
}

/** What a new room is to be. */
interface RoomDraft {
  name: string
  topic: string
  kind: Exclude<RoomKind, 'direct'>
  /** As it stands on the wire; made from the name where it is missing. */
  roomId?: string | undefined
  /** Who owns it; null where nobody does. */
  ownerId: string | null
  /** The IP address that asks for it. */
  address: string
  request?: RoomRequest | undefined
}

export interface Rooms {
  /** @returns all rooms, archived ones too, oldest first. */
  list(): Room[]
  find(roomId: string): Room | undefined
  /** @returns the room that this request has made already. */
  answerTo(request: RoomRequest): Room | undefined
  /** @throws {RefusedError} where the id is taken, the host or the owner has as many rooms as there can be, or too many come at once. */
  create(draft: RoomDraft): Room
  /**
   * @param one the person who asks for the room. @param address the address of their connection.
   * @returns the room of these two, whether it is new, and which empty direct rooms the caller is to remove for it.
   * @throws {RefusedError} where one of them has too many, or too many come at once.
   */
  direct(one: string, other: string, address: string): { room: Room; isNew: boolean; makesWay: Room[] }
  change(room: Room, change: Partial<Pick<StoredRoom, 'name' | 'topic' | 'archived'>>): Room
  /** @returns the public room of this name, or of one that reads like it. Other rooms' names say nothing: nobody is to learn of them. */
  named(name: string): Room | undefined
  /** Takes the room out for good, with its people; its messages go later. */
  remove(room: Room): void
  /** Null for nothing particular. */
  setStanding(room: Room, personId: string, standing: Standing | null): void
}

interface RoomsOptions {
  table: RoomTable
  /** The name of the room that a host without rooms gets, with the id `general`. */
  firstRoom: string
  /** @returns whether nobody has said anything in this room. */
  isEmpty: (roomId: string) => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  /** A clock that is never set back, in milliseconds. */
  elapsed: () => number
}

type OwnRoom = StoredRoom & { standings: Map<string, Standing> }

export const createRooms = ({ table, firstRoom, isEmpty, now, elapsed }: RoomsOptions): Rooms => {
  const rate = createAddressRate(elapsed)
  const rooms = new Map<string, OwnRoom>()
  for (const room of table.list()) rooms.set(room.roomId, { ...room, standings: new Map() })
  for (const { roomId, personId, standing } of table.standings())
    rooms.get(roomId)?.standings.set(personId, standing)

  const add = (
    draft: Omit<StoredRoom, 'archived' | 'madeAt'>,
    standings = new Map<string, Standing>(),
    request?: RoomRequest,
  ): Room => {
    const room = { ...draft, madeAt: now() }
    table.insert(room, standings, request)
    const added = { ...room, archived: false, standings }
    rooms.set(room.roomId, added)
    return added
  }
  const own = ({ roomId }: Room): OwnRoom => {
    const room = rooms.get(roomId)
    if (!room) throw new Error('the room does not exist')
    return room
  }
  if (rooms.size === 0) {
    const name = displayNameSchema.parse(firstRoom)
    add({
      roomId: firstRoomId,
      name,
      topic: '',
      kind: 'public',
      directKey: null,
      madeBy: null,
      madeFrom: null,
    })
  }

  const find = (roomId: string): Room | undefined => rooms.get(roomId)
  const ownsHost = (personId: string | null): boolean =>
    personId !== null && rooms.get(firstRoomId)?.standings.get(personId) === 'owner'
  const checkRate = (address: string): void => {
    const wait = Math.ceil(rate.take(address) / 1_000)
    if (wait > 0)
      throw refused('too-many-rooms', `too many rooms came from your address: try again in ${wait} s`)
  }
  const isTaken = (roomId: string): boolean => rooms.has(roomId)

  /** The id of a private room says by its number neither its name nor that there are others. */
  const newId = ({ name, kind, roomId }: RoomDraft): string => {
    if (kind === 'private') return makeRoomId(`${name} ${randomBytes(5).toString('hex')}`, isTaken)
    if (roomId !== undefined && isTaken(roomId)) {
      throw refused('input-invalid', `there is a room with the roomId "${roomId}" already`)
    }
    return roomId ?? makeRoomId(name, isTaken)
  }

  return {
    list: () => [...rooms.values()],
    find,
    answerTo: request => {
      const roomId = table.answerTo(request)
      return roomId === undefined ? undefined : find(roomId)
    },
    create: draft => {
      const { name, topic, kind, ownerId, address, request } = draft
      const from = addressGroup(address)
      checkRoomQuota(rooms.values(), { personId: ownerId, from, ownsHost: ownsHost(ownerId) })
      const roomId = newId(draft)
      checkRate(address)
      const founders = new Map<string, Standing>(ownerId === null ? [] : [[ownerId, 'owner']])
      const room = { roomId, name, topic, kind, directKey: null, madeBy: ownerId, madeFrom: from }
      return add(room, founders, request)
    },
    direct: (one, other, address) => {
      const directKey = [one, other].sort().join(' ')
      const known = [...rooms.values()].find(room => room.directKey === directKey)
      if (known) return { room: known, isNew: false, makesWay: [] }
      const makesWay = makeWayForDirect([...rooms.values()], [one, other], isEmpty)
      checkRate(address)
      const roomId = `direct-${randomBytes(12).toString('hex')}`
      const two = new Map<string, Standing>([
        [one, 'member'],
        [other, 'member'],
      ])
      const madeFrom = addressGroup(address)
      const room = { roomId, name: '', topic: '', kind: 'direct' as const, directKey, madeBy: one, madeFrom }
      return { room: add(room, two), isNew: true, makesWay }
    },
    change: (room, change) => {
      table.update({ ...own(room), ...change }, now())
      return Object.assign(own(room), change)
    },
    named: name => {
      const key = nameKey(name)
      return [...rooms.values()].find(room => room.kind === 'public' && nameKey(room.name) === key)
    },
    remove: ({ roomId }) => {
      table.remove(roomId, now())
      rooms.delete(roomId)
    },
    setStanding: (room, personId, standing) => {
      table.setStanding(room.roomId, personId, standing)
      if (standing === null) own(room).standings.delete(personId)
      else own(room).standings.set(personId, standing)
    },
  }
}
