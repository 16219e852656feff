/** The messenger's state, except for the messages; every change emits an event. */
import type { Step } from '../contract/doctor.ts'
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

type Listener = (events: readonly MessengerEvent[]) => void

const roomChanged = (room: Room): MessengerEvent => ({ name: 'roomChanged', payload: room })

export class KnownState {
  readonly #listeners = new Set<Listener>()
  readonly #servers = new Map<ServerId, ServerProfile>()
  readonly #connections = new Map<ServerId, ConnectionState>()
  readonly #rooms = new Map<RoomKey, Room>()
  readonly #refusals = new Map<RoomKey, AppError>()
  #person: Person | null = null

  snapshot(): MessengerState {
    return {
      person: this.#person,
      servers: this.servers(),
      connections: Object.fromEntries(this.#connections),
      rooms: this.rooms(),
      refusals: Object.fromEntries(this.#refusals),
    }
  }

  /** Listens to events; simultaneous events arrive in one call. @returns a function that removes the listener. */
  onEvents(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Loads the state from disk in place of what was known, without events. */
  load(state: Omit<MessengerState, 'connections' | 'refusals'>): void {
    for (const known of [this.#servers, this.#connections, this.#rooms, this.#refusals]) known.clear()
    this.#person = state.person
    for (const server of state.servers) {
      this.#servers.set(server.id, server)
      this.#connections.set(server.id, { phase: 'off' })
    }
    for (const room of state.rooms) this.#rooms.set(room.key, room)
  }

  person(): Person | null {
    return this.#person
  }

  setPerson(person: Person): void {
    this.#person = person
    this.#tell({ name: 'personChanged', payload: person })
  }

  server(id: ServerId): ServerProfile | undefined {
    return this.#servers.get(id)
  }

  servers(): ServerProfile[] {
    return [...this.#servers.values()]
  }

  putServer(server: ServerProfile): void {
    this.#servers.set(server.id, server)
    if (!this.#connections.has(server.id)) this.#connections.set(server.id, { phase: 'off' })
    this.#tell({ name: 'serverChanged', payload: server })
  }

  /** Forgets the server and its rooms. */
  removeServer(id: ServerId): void {
    for (const room of this.roomsOf(id)) this.removeRoom(room.key)
    this.#connections.delete(id)
    if (this.#servers.delete(id)) this.#tell({ name: 'serverRemoved', payload: { id } })
  }

  connection(serverId: ServerId): ConnectionState {
    return this.#connections.get(serverId) ?? { phase: 'off' }
  }

  setConnection(serverId: ServerId, state: ConnectionState): void {
    if (!this.#servers.has(serverId)) return
    this.#connections.set(serverId, state)
    this.#tell({ name: 'connectionChanged', payload: { serverId, state } })
  }

  room(key: RoomKey): Room | undefined {
    return this.#rooms.get(key)
  }

  rooms(): Room[] {
    return [...this.#rooms.values()]
  }

  roomsOf(serverId: ServerId): Room[] {
    return this.rooms().filter(room => room.serverId === serverId)
  }

  putRoom(room: Room): void {
    if (this.#setRoom(room)) this.#tell(roomChanged(room))
  }

  removeRoom(room: RoomKey): void {
    this.setRefusal(room, null)
    if (this.#rooms.delete(room)) this.#tell({ name: 'roomRemoved', payload: { room } })
  }

  /** The server refuses the room; null when it no longer does. */
  setRefusal(room: RoomKey, error: AppError | null): void {
    if (error) this.#refusals.set(room, error)
    else if (!this.#refusals.delete(room)) return
    this.#tell({ name: 'roomRefused', payload: { room, error } })
  }

  /** Announces the changes of a write to the cache, messages before rooms, in one batch. */
  takeStored({ changed, rooms }: Stored): void {
    this.#tell(
      ...changed.map((payload): MessengerEvent => ({ name: 'messageStored', payload })),
      ...rooms.filter(room => this.#setRoom(room)).map(roomChanged),
    )
  }

  /** Null while the people of the room are unknown. */
  tellMembers(room: RoomKey, members: RoomMembers | null): void {
    this.#tell({ name: 'membersChanged', payload: { room, members } })
  }

  tellInvitation(room: RoomKey): void {
    this.#tell({ name: 'invitationReceived', payload: { room } })
  }

  tellTyping(room: RoomKey, names: string[]): void {
    this.#tell({ name: 'typingChanged', payload: { room, names } })
  }

  tellStep(check: string, step: Step): void {
    this.#tell({ name: 'stepChecked', payload: { check, step } })
  }

  raise(error: AppError): void {
    this.#tell({ name: 'errorRaised', payload: error })
  }

  #tell(...events: MessengerEvent[]): void {
    for (const listener of this.#listeners) listener(events)
  }

  /** @returns whether its server is known: a room from a late answer of the cache may have been removed with it. */
  #setRoom(room: Room): boolean {
    if (!this.#servers.has(room.serverId)) return false
    this.#rooms.set(room.key, room)
    return true
  }
}
