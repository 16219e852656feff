/** The messenger and the desktop as the window knows them: the snapshot, kept current by the events. Pure transitions. */
import type { AppEvent, Events } from '../../shared/contract/api.ts'
import type { AppError } from '../../shared/contract/errors.ts'
import type { DesktopState } from '../../shared/contract/desktop-commands.ts'
import type {
  ConnectionState,
  Invitation,
  Nearby,
  Person,
  Room,
  RoomKey,
  RoomMembers,
  ServerId,
  ServerProfile,
} from '../../shared/contract/model.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'

/** What there is only on a desktop. */
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
  /** Private rooms that the person was invited to and has not looked at yet. */
  invitations: readonly Invitation[]
  /** The people of the open room, as far as they are known. */
  members: RoomMembers | null
  /** The names of the others who are typing in the open room. */
  typing: Events['typingChanged'] | null
  /** Null in a window without the desktop half: what belongs to it is not offered there. */
  desktop: DesktopWorld | null
}

const without = <Key extends string, Value>(
  record: Readonly<Record<Key, Value>>,
  drop: (key: Key, value: Value) => boolean,
): Record<Key, Value> =>
  Object.fromEntries(
    (Object.entries(record) as [Key, Value][]).filter(([key, value]) => !drop(key, value)),
  ) as Record<Key, Value>

/** @returns the desktop half, for what is offered with it only. @throws Error in a window without it. */
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
  invitations: snapshot.messenger.invitations,
  members: null,
  typing: null,
  desktop: snapshot.desktop && { ...snapshot.desktop, nearby: { servers: [], vpn: null, search: 'running' } },
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

const onDesktop = ({ desktop }: World, change: Partial<DesktopWorld>): Partial<World> | null =>
  desktop && { desktop: { ...desktop, ...change } }

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
    case 'membersChanged': {
      const { room, members } = event.payload
      return members || world.members?.room === room ? { members } : null
    }
    case 'typingChanged': {
      const { room, names } = event.payload
      return names.length > 0 || world.typing?.room === room ? { typing: event.payload } : null
    }
    case 'settingsChanged':
      return onDesktop(world, { settings: event.payload })
    case 'hostChanged':
      return onDesktop(world, { host: event.payload })
    case 'nearbyChanged':
      return onDesktop(world, { nearby: event.payload })
    case 'windowChanged':
      return onDesktop(world, { window: event.payload })
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
