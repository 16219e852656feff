/** The rooms of this host and their people: in memory for reading, in the directory before a change takes effect. */
import { randomBytes } from 'node:crypto'
import { displayNameSchema } from '../../../shared/protocol/display-name.ts'
import { nameKey } from '../../../shared/text/fold.ts'
import type { RoomKind, Standing } from '../../../shared/protocol/people.ts'
import { addressGroup } from '../../broker/quotas/address-group.ts'
import { createAddressRate, type AddressRate } from '../limits/address-rate.ts'
import type { Directory, DirectoryContent, RoomRequest, StoredRoom } from '../ports/directory.ts'
import { refused } from '../wire/refusal.ts'
import { makeRoomId } from '../../../shared/protocol/room-id.ts'
import { checkRoomQuota, makeWayForDirect } from './room-quotas.ts'

/** Every host has this room. Its owner owns the host, and is an owner in all public rooms. */
export const firstRoomId = 'general'

export interface Room extends Readonly<StoredRoom> {
  /** Standings of people, by person id. In a public room everybody without a standing is a member. */
  readonly standings: ReadonlyMap<string, Standing>
}

/** The properties of a new room. */
interface RoomDraft {
  name: string
  topic: string
  kind: Exclude<RoomKind, 'direct'>
  /** Its id on the wire; made from the name if it is missing. */
  roomId?: string | undefined
  /** Its owner; null for a room without one. */
  ownerId: string | null
  /** The IP address of the request. */
  address: string
  request?: RoomRequest | undefined
}

interface RoomsOptions {
  directory: Directory
  /** The content of the directory. */
  content: Pick<DirectoryContent, 'rooms' | 'standings'>
  /** @returns whether the room has no message. */
  isEmpty: (roomId: string) => boolean
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  /** A monotonic clock, in milliseconds. */
  elapsed: () => number
}

type OwnRoom = StoredRoom & { standings: Map<string, Standing> }

/**
 * Changes check first and store then, so callers have to run them one after another. Each rejects with a {@link
 * import('../../../shared/contract/errors.ts').Failure} if it could not be stored; nothing has changed then.
 */
export class Rooms {
  readonly #options: RoomsOptions
  readonly #rate: AddressRate
  readonly #rooms = new Map<string, OwnRoom>()

  constructor(options: RoomsOptions) {
    this.#options = options
    this.#rate = createAddressRate(options.elapsed)
    const { rooms, standings } = options.content
    for (const room of rooms) this.#rooms.set(room.roomId, { ...room, standings: new Map() })
    for (const { roomId, personId, standing } of standings)
      this.#rooms.get(roomId)?.standings.set(personId, standing)
  }

  /** Creates the first room if it is missing. @param name its name if it is created. */
  async open(name: string): Promise<void> {
    if (this.#rooms.size > 0) return
    const nobody = { directKey: null, madeBy: null, madeFrom: null }
    await this.#add({
      roomId: firstRoomId,
      name: displayNameSchema.parse(name),
      topic: '',
      kind: 'public',
      ...nobody,
    })
  }

  /** @returns all rooms, archived ones too, oldest first. */
  list(): Room[] {
    return [...this.#rooms.values()]
  }

  find(roomId: string): Room | undefined {
    return this.#rooms.get(roomId)
  }

  /** @returns the public room with this name, or with one that reads the same. Names of other rooms stay hidden. */
  named(name: string): Room | undefined {
    const key = nameKey(name)
    return this.list().find(room => room.kind === 'public' && nameKey(room.name) === key)
  }

  /** @returns the room that this request made earlier. */
  async answerTo(request: RoomRequest): Promise<Room | undefined> {
    const roomId = await this.#options.directory.answerTo(request)
    return roomId === undefined ? undefined : this.find(roomId)
  }

  /** @throws {RefusedError} if the id is taken, a quota is reached, or rooms are made too fast. */
  async create(draft: RoomDraft): Promise<Room> {
    const { name, topic, kind, ownerId, address, request } = draft
    const from = addressGroup(address)
    checkRoomQuota(this.#rooms.values(), { personId: ownerId, from, ownsHost: this.#ownsHost(ownerId) })
    const roomId = this.#newId(draft)
    this.#checkRate(address)
    const founders = new Map<string, Standing>(ownerId === null ? [] : [[ownerId, 'owner']])
    const room = { roomId, name, topic, kind, directKey: null, madeBy: ownerId, madeFrom: from }
    return this.#add(room, founders, request)
  }

  /**
   * @param one the person requesting the room. @param address the address of their connection.
   * @returns the room of these two, whether it is new, and the empty direct rooms that the caller must remove.
   * @throws {RefusedError} if one of them has too many, or rooms are made too fast.
   */
  async direct(
    one: string,
    other: string,
    address: string,
  ): Promise<{ room: Room; isNew: boolean; makesWay: Room[] }> {
    const directKey = [one, other].sort().join(' ')
    const known = this.list().find(room => room.directKey === directKey)
    if (known) return { room: known, isNew: false, makesWay: [] }
    const makesWay = makeWayForDirect(this.list(), [one, other], this.#options.isEmpty)
    this.#checkRate(address)
    const roomId = `direct-${randomBytes(12).toString('hex')}`
    const two = new Map<string, Standing>([
      [one, 'member'],
      [other, 'member'],
    ])
    const madeFrom = addressGroup(address)
    const room = { roomId, name: '', topic: '', kind: 'direct' as const, directKey, madeBy: one, madeFrom }
    return { room: await this.#add(room, two), isNew: true, makesWay }
  }

  async change(
    { roomId }: Room,
    change: Partial<Pick<StoredRoom, 'name' | 'topic' | 'archived'>>,
  ): Promise<Room> {
    const room = this.#own(roomId)
    await this.#options.directory.changeRoom({ ...room, ...change }, this.#options.now())
    return Object.assign(room, change)
  }

  /** Removes the room and its people permanently; its messages are purged later. */
  async remove({ roomId }: Room): Promise<void> {
    await this.#options.directory.removeRoom(roomId, this.#options.now())
    this.#rooms.delete(roomId)
  }

  /** @param standing null for none. */
  async setStanding({ roomId }: Room, personId: string, standing: Standing | null): Promise<void> {
    const { standings } = this.#own(roomId)
    await this.#options.directory.setStanding(roomId, personId, standing)
    if (standing === null) standings.delete(personId)
    else standings.set(personId, standing)
  }

  async #add(
    draft: Omit<StoredRoom, 'archived' | 'madeAt'>,
    standings = new Map<string, Standing>(),
    request?: RoomRequest,
  ): Promise<Room> {
    const room = { ...draft, madeAt: this.#options.now() }
    await this.#options.directory.addRoom(room, standings, request)
    const added = { ...room, archived: false, standings }
    this.#rooms.set(room.roomId, added)
    return added
  }

  #own(roomId: string): OwnRoom {
    const room = this.#rooms.get(roomId)
    if (!room) throw new Error('the room does not exist')
    return room
  }

  #ownsHost(personId: string | null): boolean {
    return personId !== null && this.find(firstRoomId)?.standings.get(personId) === 'owner'
  }

  #checkRate(address: string): void {
    const wait = Math.ceil(this.#rate.take(address) / 1_000)
    if (wait > 0)
      throw refused('too-many-rooms', `too many rooms were made from your address: try again in ${wait} s`)
  }

  /** The random id of a private room reveals neither its name nor whether similar ones exist. */
  #newId({ name, kind, roomId }: RoomDraft): string {
    const isTaken = (id: string): boolean => this.#rooms.has(id)
    if (kind === 'private') return makeRoomId(`${name} ${randomBytes(5).toString('hex')}`, isTaken)
    if (roomId !== undefined && isTaken(roomId))
      throw refused('input-invalid', `there is a room with the roomId "${roomId}" already`)
    return roomId ?? makeRoomId(name, isTaken)
  }
}
