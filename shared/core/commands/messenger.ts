/** The messenger: takes commands, emits events, and has one link for each server. */
import type { Handlers } from '../../contract/command.ts'
import type { MessengerEvent, MessengerState, messengerCommands } from '../../contract/messenger-commands.ts'
import { toAppError } from '../../contract/errors.ts'
import type { ConnectionState, Person, Room, RoomKey, ServerId } from '../../contract/model.ts'
import { isOpen, type WatchedRoom } from '../../contract/window-commands.ts'
import { createMemberCommands } from './member-commands.ts'
import { createOwnerCommands } from './owner-commands.ts'
import { createOwnHostCommands, type OwnHostCommands } from './own-host-commands.ts'
import { createMessageCommands } from './message-commands.ts'
import { createMessengerContext } from './messenger-context.ts'
import { createDialects } from '../dialect/dialects.ts'
import { KnownState } from '../messenger-state.ts'
import type { Ports } from '../ports.ts'
import { createRoomCommands } from './room-commands.ts'
import { createServerCommands } from './server-commands.ts'
import { createServerSecrets } from '../servers/server-secrets.ts'

export interface Messenger extends OwnHostCommands {
  /** Reads the cache and connects to the servers that are switched on. Rejects with the cache's failure. */
  start: () => Promise<void>
  /** The cache was recovered: reads it again, and connects again, so that servers send what is missing. Windows need a new snapshot. */
  reload: () => Promise<void>
  /** Ends all sessions and stores everything received. The cache stays open: its owner closes it. */
  stop: () => Promise<void>
  /** One function for each command; they reject with {@link import('../../contract/errors.ts').Failure}. */
  commands: Handlers<typeof messengerCommands>
  /** The whole state, except for the messages. */
  state: () => MessengerState
  person: () => Person | null
  room: (key: RoomKey) => Room | undefined
  rooms: () => Room[]
  connection: (serverId: ServerId) => ConnectionState
  /** Replaces the set of rooms that `window` watches; pass none when it is closed. Unknown rooms are ignored. */
  watch: (window: object, rooms: readonly WatchedRoom[]) => void
  /** Listens to events; simultaneous events arrive in one call. @returns a function that removes the listener. */
  onEvents: (listener: (events: readonly MessengerEvent[]) => void) => () => void
  /** The computer has woken up, or its network is back: checks every link and retries at once. */
  wake: () => void
}

/** @param dialects the dialects that servers may speak. */
export const createMessenger = (ports: Ports, dialects = createDialects()): Messenger => {
  const { cache, ids } = ports
  const state = new KnownState()
  const secrets = createServerSecrets(ports.secrets, ids, dialects, error => state.raise(error))
  const context = createMessengerContext(ports, state, secrets, dialects)

  /** If the key store can't be read, there may still be a passcode; the connection reports the error. */
  const hasPasscode = (id: ServerId): Promise<boolean> =>
    secrets.passcode(id).then(
      passcode => passcode !== null,
      () => true,
    )

  const endInvitation = (key: RoomKey): void => {
    if (typeof state.room(key)?.invitedBy !== 'string') return
    cache
      .endInvitation(key)
      .then(room => state.putRoom(room))
      .catch((thrown: unknown) => state.raise(toAppError(thrown)))
  }

  const start = async (): Promise<void> => {
    const { servers, ...rest } = await cache.load()
    const profiles = servers.map(async server => ({
      ...server,
      features: dialects.lastFeaturesOf(server),
      hasPasscode: await hasPasscode(server.id),
      keptSecrets: await secrets.given(server),
    }))
    state.load({ ...rest, servers: await Promise.all(profiles) })
    state.servers().forEach(context.connect)
  }

  return {
    start,
    async reload() {
      await context.endLinks()
      await start()
    },
    stop: () => context.endLinks(),

    commands: {
      ...createServerCommands(context),
      ...createRoomCommands(context),
      ...createMemberCommands(context),
      ...createOwnerCommands(context),
      ...createMessageCommands(context),
    },
    watch(window, watched) {
      for (const { room, level } of watched) if (isOpen(level)) endInvitation(room)
      for (const key of context.watches.set(window, watched)) {
        const room = state.room(key)
        if (room) context.link(room.serverId).watchChanged(room)
      }
    },
    state: () => state.snapshot(),
    person: () => state.person(),
    room: key => state.room(key),
    rooms: () => state.rooms(),
    connection: serverId => state.connection(serverId),
    onEvents: listener => state.onEvents(listener),
    ...createOwnHostCommands(context),

    wake() {
      for (const link of context.links()) link.wake()
    },
  }
}
