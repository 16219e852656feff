/** The rooms of this host: the directory, and who hears of its changes. */
import { displayNameSchema } from './display-name.ts'
import type { HostRoom, RoomTable } from './history/rooms.ts'
import { refused } from './refusal.ts'
import { makeRoomId } from './room-id.ts'

/** Rooms of one host; the directory is one MESSAGE, which has to fit a frame. */
const maxRooms = 1_000

/** What happened to a room, as it stands in a MESSAGE on `/topic/rooms`. */
interface RoomEvent {
  type: 'ROOM_CREATED'
  room: HostRoom
}

export interface Rooms {
  /** @returns all rooms, oldest first. */
  list(): HostRoom[]
  has(roomId: string): boolean
  /**
   * Makes a room; on disk when it returns.
   * @param name as people see it.
   * @param roomId as it stands on the wire; made from the name where it is missing.
   * @throws {RefusedError} where the id is taken, or the host has as many rooms as it can.
   */
  create(name: string, roomId?: string): HostRoom
}

interface RoomsOptions {
  table: RoomTable
  /** The name of the room that a host without rooms gets, with the id `general`. */
  firstRoom: string
  /** The clock, in milliseconds since the epoch. */
  now: () => number
  onEvent: (event: RoomEvent) => void
}

export const createRooms = ({ table, firstRoom, now, onEvent }: RoomsOptions): Rooms => {
  const rooms = new Map(table.list().map(room => [room.roomId, room]))
  const add = (room: HostRoom): HostRoom => {
    table.insert(room, now())
    rooms.set(room.roomId, room)
    return room
  }
  if (rooms.size === 0) add({ roomId: 'general', name: displayNameSchema.parse(firstRoom), topic: '' })

  return {
    list: () => [...rooms.values()],
    has: roomId => rooms.has(roomId),
    create: (name, wanted) => {
      if (rooms.size >= maxRooms) throw refused('input-invalid', `this host has ${maxRooms} rooms, its most`)
      if (wanted !== undefined && rooms.has(wanted)) {
        throw refused('input-invalid', `there is a room with the roomId "${wanted}" already`)
      }
      const roomId = wanted ?? makeRoomId(name, id => rooms.has(id))
      const room = add({ roomId, name, topic: '' })
      onEvent({ type: 'ROOM_CREATED', room })
      return room
    },
  }
}
