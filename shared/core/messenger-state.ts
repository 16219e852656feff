/** Everything that the messenger knows at one moment, but for the messages; every change is told. */
import type { AppError } from '../contract/errors.ts'
import type { MessengerEvent, MessengerState } from '../contract/messenger-commands.ts'
import type {
  ConnectionState,
  Person,
  Room,
  RoomKey,
  RoomMembers,
  ServerId,
  ServerProfile,
} from '../contract/model.ts'
import type { Stored } from './ports.ts'

export interface KnownState {
  snapshot: () => MessengerState
  /** Listens to what happens, all that happens at once in one call. @returns what ends the listening. */
  onEvents: (listener: (events: readonly MessengerEvent[]) => void) => () => void
  /** What was on disk, told to nobody. */
  load: (state: Omit<MessengerState, 'connections' | 'refusals'>) => void

  person: () => Person | null
  setPerson: (person: Person) => void

  server: (id: ServerId) => ServerProfile | undefined
  servers: () => ServerProfile[]
  putServer: (server: ServerProfile) => void
  /** Forgets the server and its rooms. */
  removeServer: (id: ServerId) => void
  connection: (serverId: ServerId) => ConnectionState
  setConnection: (serverId: ServerId, state: ConnectionState) => void

  room: (key: RoomKey) => Room | undefined
  rooms: () => Room[]
  roomsOf: (serverId: ServerId) => Room[]
  putRoom: (room: Room) => void
  removeRoom: (room: RoomKey) => void
  /** The server refuses the room; null where that is over. */
  setRefusal: (room: RoomKey, error: AppError | null) => void

  /** Null while the people of the room are unknown. */
  tellMembers: (room: RoomKey, members: RoomMembers | null) => void

  tellInvitation: (room: RoomKey) => void

  /** Tells what a write to the cache has changed: the messages, then the rooms, all at once. */
  takeStored: (stored: Stored) => void
  tellTyping: (room: RoomKey, names: string[]) => void
  raise: (error: AppError) => void
}

export const createKnownState = (): KnownState => {
  const listeners = new Set<(events: readonly MessengerEvent[]) => void>()
  const servers = new Map<ServerId, ServerProfile>()
  const connections = new Map<ServerId, ConnectionState>()
  const rooms = new Map<RoomKey, Room>()
  const refusals = new Map<RoomKey, AppError>()
  let person: Person | null = null

  const tell = (...events: MessengerEvent[]): void => {
    for (const listener of listeners) listener(events)
  }
  const roomsOf = (serverId: ServerId): Room[] =>
    [...rooms.values()].filter(room => room.serverId === serverId)
  const setRefusal = (room: RoomKey, error: AppError | null): void => {
    if (error) refusals.set(room, error)
    else if (!refusals.delete(room)) return
    tell({ name: 'roomRefused', payload: { room, error } })
  }
  /** @returns whether its server is known: a room that the cache still had in hand may be gone with it. */
  const setRoom = (room: Room): boolean => {
    if (!servers.has(room.serverId)) return false
    rooms.set(room.key, room)
    return true
  }
  const roomChanged = (room: Room): MessengerEvent => ({ name: 'roomChanged', payload: room })
  const removeRoom = (room: RoomKey): void => {
    setRefusal(room, null)
    if (rooms.delete(room)) tell({ name: 'roomRemoved', payload: { room } })
  }

  return {
    snapshot: () => ({
      person,
      servers: [...servers.values()],
      connections: Object.fromEntries(connections),
      rooms: [...rooms.values()],
      refusals: Object.fromEntries(refusals),
    }),
    onEvents(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load(state) {
      person = state.person
      for (const server of state.servers) {
        servers.set(server.id, server)
        connections.set(server.id, { phase: 'off' })
      }
      for (const room of state.rooms) rooms.set(room.key, room)
    },

    person: () => person,
    setPerson(next) {
      person = next
      tell({ name: 'personChanged', payload: next })
    },

    server: id => servers.get(id),
    servers: () => [...servers.values()],
    putServer(server) {
      servers.set(server.id, server)
      if (!connections.has(server.id)) connections.set(server.id, { phase: 'off' })
      tell({ name: 'serverChanged', payload: server })
    },
    removeServer(id) {
      for (const room of roomsOf(id)) removeRoom(room.key)
      connections.delete(id)
      if (servers.delete(id)) tell({ name: 'serverRemoved', payload: { id } })
    },
    connection: serverId => connections.get(serverId) ?? { phase: 'off' },
    setConnection(serverId, state) {
      if (!servers.has(serverId)) return
      connections.set(serverId, state)
      tell({ name: 'connectionChanged', payload: { serverId, state } })
    },

    room: key => rooms.get(key),
    rooms: () => [...rooms.values()],
    roomsOf,
    putRoom(room) {
      if (setRoom(room)) tell(roomChanged(room))
    },
    removeRoom,
    setRefusal,

    tellMembers: (room, members) => tell({ name: 'membersChanged', payload: { room, members } }),

    tellInvitation: room => tell({ name: 'invitationReceived', payload: { room } }),

    takeStored: ({ changed, rooms }) =>
      tell(
        ...changed.map((payload): MessengerEvent => ({ name: 'messageStored', payload })),
        ...rooms.filter(setRoom).map(roomChanged),
      ),
    tellTyping: (room, names) => tell({ name: 'typingChanged', payload: { room, names } }),
    raise: error => tell({ name: 'errorRaised', payload: error }),
  }
}
