/** The views of the window, and which one follows from the known rooms and servers. */
import type { MessageId, Room, RoomKey, ServerId, ServerProfile } from '../../shared/contract/model.ts'

export type SettingsSection = 'profile' | 'notifications' | 'appearance' | 'language' | 'keyboard' | 'storage'

export type View =
  | { name: 'first-run' }
  /** A server of which no room is open: it has none, or none is joined. Null if there is no server either. */
  | { name: 'server'; serverId: ServerId | null }
  /**
   * `around` names the message to scroll to, `at` the character in it, in UTF-16 units; a new view object with the same message scrolls
   * there again.
   */
  | { name: 'room'; room: RoomKey; serverId: ServerId; around: MessageId | null; at: number }
  | { name: 'host' }
  | { name: 'settings'; section: SettingsSection }

const collator = new Intl.Collator('en', { numeric: true })

const isDirect = ({ kind }: Room): boolean => kind === 'direct'

const roomsWhere = (rooms: Readonly<Record<RoomKey, Room>>, is: (room: Room) => boolean): Room[] =>
  Object.values(rooms)
    .filter(is)
    .sort(
      (a, b) =>
        Number(isDirect(a)) - Number(isDirect(b)) ||
        collator.compare(a.name, b.name) ||
        collator.compare(a.roomId, b.roomId),
    )

/** @returns all joined rooms in the order of the list: by name, numbers in it by their value; people after them. */
export const joinedRooms = (rooms: Readonly<Record<RoomKey, Room>>): Room[] =>
  roomsWhere(rooms, room => room.joined)

/** @returns the joined rooms of a server, in the same order. */
export const roomsOf = (rooms: Readonly<Record<RoomKey, Room>>, serverId: ServerId | null): Room[] =>
  roomsWhere(rooms, room => room.joined && room.serverId === serverId)

/** @returns the rooms of a server that the person is not in and may join, in the same order. */
export const roomsToJoin = (rooms: Readonly<Record<RoomKey, Room>>, serverId: ServerId): Room[] =>
  roomsWhere(rooms, room => mayJoin(room) && room.serverId === serverId)

/** @returns whether the person is not in this room and may join it. */
export const mayJoin = ({ joined, kind, absence }: Pick<Room, 'joined' | 'kind' | 'absence'>): boolean =>
  !joined && kind === 'public' && absence !== 'banned' && absence !== 'gone'

/** @returns the view of `room`, at the character `at` of the message `around` if given. */
export const viewOfRoom = (
  room: Pick<Room, 'key' | 'serverId'>,
  around: MessageId | null = null,
  at = 0,
): View => ({
  name: 'room',
  room: room.key,
  serverId: room.serverId,
  around,
  at,
})

/** @returns the server's room that was open last, else its first, else the server itself. */
export const viewOfServer = (
  rooms: Readonly<Record<RoomKey, Room>>,
  serverId: ServerId | null,
  lastRoom?: RoomKey,
): View => {
  const joined = roomsOf(rooms, serverId)
  const room = joined.find(candidate => candidate.key === lastRoom) ?? joined[0]
  return room ? viewOfRoom(room) : { name: 'server', serverId }
}

/** @returns the first view of a window: the first run until there are a person and a server, then the first server. */
export const firstView = (state: {
  person: unknown
  servers: readonly ServerProfile[]
  rooms: Readonly<Record<RoomKey, Room>>
}): View => {
  const server = state.servers[0]
  return state.person && server ? viewOfServer(state.rooms, server.id) : { name: 'first-run' }
}
