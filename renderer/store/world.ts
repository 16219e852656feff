/** What the messenger and the desktop say is so: the snapshot, kept current by the events. Pure transitions. */
import type { AppEvent, Events } from '../../shared/contract/api.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Snapshot } from '../../shared/contract/desktop-commands.ts'
import type {
  ConnectionState,
  HostState,
  Invitation,
  Nearby,
  Person,
  Room,
  RoomKey,
  RoomMembers,
  ServerId,
  ServerProfile,
  Settings,
} from '../../shared/contract/model.ts'

export interface World {
  /** Null until the first run has asked for a name. */
  person: Person | null
  servers: readonly ServerProfile[]
  connections: Readonly<Record<ServerId, ConnectionState>>
  rooms: Readonly<Record<RoomKey, Room>>
  /** Why a server does not let the person follow a room. */
  refusals: Readonly<Record<RoomKey, AppError>>
  /** Private rooms that the person was invited to and has not looked at yet. */
  invitations: readonly Invitation[]
  /** The people of the room that is watched. */
  members: RoomMembers | null
  /** Others who type in a room, by name: that of the open one, as far as anything was heard. */
  typing: Events['typingChanged'] | null
  settings: Settings
  host: HostState
  desktop: Snapshot['desktop']
  /** Hosts in the network, while somebody looks for them. */
  nearby: Nearby
  /** Of the operating system's window. */
  window: { focused: boolean; maximized: boolean }
}

const without = <Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  drop: (key: Key, value: Value) => boolean,
): Record<Key, Value> =>
  Object.fromEntries(
    (Object.entries(record) as [Key, Value][]).filter(([key, value]) => !drop(key, value)),
  ) as Record<Key, Value>

/** @returns the world of a snapshot. */
export const worldOf = (snapshot: Snapshot): Omit<World, 'window'> => ({
  person: snapshot.messenger.person,
  servers: snapshot.messenger.servers,
  connections: snapshot.messenger.connections,
  rooms: Object.fromEntries(snapshot.messenger.rooms.map(room => [room.key, room])),
  refusals: snapshot.messenger.refusals,
  invitations: snapshot.messenger.invitations,
  members: snapshot.messenger.members,
  typing: null,
  settings: snapshot.settings,
  host: snapshot.host,
  desktop: snapshot.desktop,
  nearby: { servers: [], vpn: null, search: 'running' },
})

/** @returns `world` after `events`, one after the other; null where none of them is about its state. */
export const worldAfter = (world: World, events: readonly AppEvent[]): World | null => {
  let next = world
  for (const event of events) {
    const change = changeOf(next, event)
    if (change) next = { ...next, ...change }
  }
  return next === world ? null : next
}

/** @returns what `event` changes in `world`; null where it is not about its state. */
const changeOf = (world: World, event: AppEvent): Partial<World> | null => {
  switch (event.name) {
    case 'personChanged':
      return { person: event.payload }
    case 'serverChanged': {
      const known = world.servers.some(server => server.id === event.payload.id)
      return {
        servers: known
          ? world.servers.map(server => (server.id === event.payload.id ? event.payload : server))
          : [...world.servers, event.payload],
      }
    }
    case 'serverRemoved': {
      const { id } = event.payload
      return {
        servers: world.servers.filter(server => server.id !== id),
        connections: without(world.connections, key => key === id),
        rooms: without(world.rooms, (_key, room) => room.serverId === id),
      }
    }
    case 'connectionChanged':
      return { connections: { ...world.connections, [event.payload.serverId]: event.payload.state } }
    case 'roomChanged':
      return { rooms: { ...world.rooms, [event.payload.key]: event.payload } }
    case 'roomRemoved':
      return { rooms: without(world.rooms, key => key === event.payload.room) }
    case 'roomRefused': {
      const { room, error } = event.payload
      const others = without(world.refusals, key => key === room)
      return { refusals: error ? { ...others, [room]: error } : others }
    }
    case 'invitationsChanged':
      return { invitations: event.payload }
    case 'membersChanged':
      return { members: event.payload }
    case 'typingChanged':
      return { typing: event.payload }
    case 'settingsChanged':
      return { settings: event.payload }
    case 'hostChanged':
      return { host: event.payload }
    case 'nearbyChanged':
      return { nearby: event.payload }
    case 'windowChanged':
      return { window: event.payload }
    case 'messageStored':
    case 'messagesSkipped':
    case 'hostMeasured':
    case 'errorRaised':
    case 'roomRequested':
    case 'actionRequested':
    case 'inviteOpened':
      return null
  }
}
