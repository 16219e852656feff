/** The messenger and the desktop as the window knows them: the snapshot, kept current by the events. Pure transitions. */
import type { AppEvent, Events } from '../../shared/contract/api.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { DesktopState } from '../../shared/contract/desktop-commands.ts'
import type {
  ConnectionState,
  Nearby,
  Person,
  Room,
  RoomKey,
  RoomMembers,
  ServerId,
  ServerProfile,
} from '../../shared/contract/model.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'

/** The desktop half of the world. */
export interface DesktopWorld extends DesktopState {
  /** Hosts in the network, while somebody looks for them. */
  nearby: Nearby
}

export interface World {
  /** Null until the first run has asked for a name. */
  person: Person | null
  servers: readonly ServerProfile[]
  connections: Readonly<Record<ServerId, ConnectionState>>
  rooms: Readonly<Record<RoomKey, Room>>
  /** Why a server does not let the person follow a room. */
  refusals: Readonly<Record<RoomKey, AppError>>
  /** The people of the open room, as far as they are known. */
  members: RoomMembers | null
  /** The names of the others who are typing in the open room. */
  typing: Events['typingChanged'] | null
  /** Null in a window without the desktop half: what belongs to it is not offered there. */
  desktop: DesktopWorld | null
}

/** @returns the desktop half, for components that exist only with it. @throws Error in a window without it. */
export const desktopOf = ({ desktop }: Pick<World, 'desktop'>): DesktopWorld => {
  if (!desktop) throw new Error('This window has no desktop half.')
  return desktop
}

/** @returns the world of a snapshot. */
export const worldOf = (snapshot: Snapshot): World => ({
  person: snapshot.messenger.person,
  servers: snapshot.messenger.servers,
  connections: snapshot.messenger.connections,
  rooms: Object.fromEntries(snapshot.messenger.rooms.map(room => [room.key, room])),
  refusals: snapshot.messenger.refusals,
  members: null,
  typing: null,
  desktop: snapshot.desktop && { ...snapshot.desktop, nearby: { servers: [], vpn: null, search: 'running' } },
})

/** @returns `world` after `events`, one after the other; the same object where none of them is about its state. */
export const worldAfter = <W extends World>(world: W, events: readonly AppEvent[]): W => {
  const draft: Draft = { ...world }
  for (const event of events) change(draft, world, event)
  const names = Object.keys(draft) as (keyof World)[]
  return names.some(name => draft[name] !== world[name]) ? { ...world, ...draft } : world
}

/** A world that is being changed. Its records belong to the world before until they are copied, once a batch. */
type Draft = { -readonly [Name in keyof World]: World[Name] }

/** @returns a copy of `record` to write to, or the copy that was made for this batch already. */
const copy = <Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  before: Readonly<Record<Key, Value>>,
): Record<Key, Value> => (record === before ? { ...record } : record)

const changeDesktop = (draft: Draft, change: Partial<DesktopWorld>): void => {
  if (draft.desktop) draft.desktop = { ...draft.desktop, ...change }
}

/** Removes a server with its rooms. */
const removeServer = (draft: Draft, before: World, id: ServerId): void => {
  const rooms = (draft.rooms = copy(draft.rooms, before.rooms))
  const connections = (draft.connections = copy(draft.connections, before.connections))
  draft.servers = draft.servers.filter(server => server.id !== id)
  Reflect.deleteProperty(connections, id)
  for (const { key, serverId } of Object.values(rooms))
    if (serverId === id) Reflect.deleteProperty(rooms, key)
}

/** Applies `event` to `draft`; does nothing if it is not about the state of the world. */
const change = (draft: Draft, before: World, event: AppEvent): void => {
  switch (event.name) {
    case 'personChanged':
      draft.person = event.payload
      break
    case 'serverChanged': {
      const at = draft.servers.findIndex(server => server.id === event.payload.id)
      draft.servers = at < 0 ? [...draft.servers, event.payload] : draft.servers.with(at, event.payload)
      break
    }
    case 'serverRemoved':
      removeServer(draft, before, event.payload.id)
      break
    case 'connectionChanged': {
      const connections = (draft.connections = copy(draft.connections, before.connections))
      connections[event.payload.serverId] = event.payload.state
      break
    }
    case 'roomChanged': {
      const rooms = (draft.rooms = copy(draft.rooms, before.rooms))
      rooms[event.payload.key] = event.payload
      break
    }
    case 'roomRemoved': {
      const rooms = (draft.rooms = copy(draft.rooms, before.rooms))
      Reflect.deleteProperty(rooms, event.payload.room)
      break
    }
    case 'roomRefused': {
      const { room, error } = event.payload
      const refusals = (draft.refusals = copy(draft.refusals, before.refusals))
      if (error) refusals[room] = error
      else Reflect.deleteProperty(refusals, room)
      break
    }
    case 'membersChanged': {
      const { room, members } = event.payload
      if (members || draft.members?.room === room) draft.members = members
      break
    }
    case 'typingChanged': {
      const { room, names } = event.payload
      if (names.length > 0 || draft.typing?.room === room) draft.typing = event.payload
      break
    }
    case 'settingsChanged':
      changeDesktop(draft, { settings: event.payload })
      break
    case 'hostChanged':
      changeDesktop(draft, { host: event.payload })
      break
    case 'nearbyChanged':
      changeDesktop(draft, { nearby: event.payload })
      break
    case 'recoveryChanged':
      changeDesktop(draft, { recovery: event.payload })
      break
    case 'taskChanged':
      changeDesktop(draft, { task: event.payload })
      break
    case 'windowChanged':
      changeDesktop(draft, { window: event.payload })
      break
    case 'invitationReceived':
    case 'messageStored':
    case 'messagesSkipped':
    case 'hostMeasured':
    case 'stepChecked':
    case 'errorRaised':
    case 'roomRequested':
    case 'actionRequested':
    case 'inviteOpened':
  }
}
