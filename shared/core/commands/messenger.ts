/** The messenger: commands in, events out, and one link for each server in between. */
import type { Handlers } from '../../contract/command.ts'
import {
  defaultTemplate,
  type MessengerEvent,
  type MessengerState,
  type messengerCommands,
} from '../../contract/messenger-commands.ts'
import { toAppError } from '../../contract/errors.ts'
import {
  serverIdSchema,
  type ConnectionState,
  type Person,
  type Room,
  type RoomKey,
  type ServerId,
  type ServerProfile,
} from '../../contract/model.ts'
import { isOpen, type WatchedRoom } from '../../contract/window-commands.ts'
import { createMemberCommands } from './member-commands.ts'
import { createOwnerCommands } from './owner-commands.ts'
import { createMessageCommands } from './message-commands.ts'
import { createMessengerContext } from './messenger-context.ts'
import { createDialects } from '../dialect/dialects.ts'
import { stompbox } from '../dialect/stompbox.ts'
import type { OwnHost } from '../servers/own-host.ts'
import { createKnownState } from '../messenger-state.ts'
import type { Ports } from '../ports.ts'
import { createRoomCommands } from './room-commands.ts'
import { createServerCommands } from './server-commands.ts'
import { createServerSecrets } from '../servers/server-secrets.ts'

/** Where the host of this installation is reached. */
interface OwnHostAt {
  name: string
  url: string
  passcode: string | null
  host: OwnHost
}

export interface Messenger {
  /** Reads the cache and connects to the servers that are switched on. Rejects with the cache's failure. */
  start: () => Promise<void>
  /** Ends all sessions and stores what has come in. The cache stays open: it belongs to whoever opened it. */
  stop: () => Promise<void>
  /** One function for each command; they reject with {@link import('../../contract/errors.ts').Failure}. */
  commands: Handlers<typeof messengerCommands>
  /** Everything that is known, but for the messages. */
  state: () => MessengerState
  person: () => Person | null
  room: (key: RoomKey) => Room | undefined
  rooms: () => Room[]
  connection: (serverId: ServerId) => ConnectionState
  /** `window` watches these rooms from now on, in place of those before; none once it is gone. Unknown rooms are left out. */
  watch: (window: object, rooms: readonly WatchedRoom[]) => void
  /** Listens to what happens, all that happens at once in one call. @returns what ends the listening. */
  onEvents: (listener: (events: readonly MessengerEvent[]) => void) => () => void
  /** The host of this installation runs: keeps its profile (there is one) and connects to it like to every other server. */
  attachOwnHost: (host: OwnHostAt) => Promise<ServerId>
  /** The host of this installation is going to stop. Its rooms and messages stay. */
  detachOwnHost: () => Promise<void>
  /** The computer was asleep, or its network has come back: makes sure of every link, and tries again at once. */
  wake: () => void
}

/** @param dialects what servers may speak. */
export const createMessenger = (ports: Ports, dialects = createDialects()): Messenger => {
  const { cache, ids, log } = ports
  const state = createKnownState()
  const secrets = createServerSecrets(ports.secrets, ids, dialects, state.raise)
  const context = createMessengerContext(ports, state, secrets, dialects)
  const ownServer = (): ServerProfile | undefined => state.servers().find(server => server.own)

  /** Where the key store can't be read there is one to be read later; the connection says so. */
  const hasPasscode = (id: ServerId): Promise<boolean> =>
    secrets.passcode(id).then(
      passcode => passcode !== null,
      () => true,
    )

  const endInvitation = (key: RoomKey): void => {
    if (typeof state.room(key)?.invitedBy !== 'string') return
    cache
      .endInvitation(key)
      .then(state.putRoom)
      .catch((thrown: unknown) => state.raise(toAppError(thrown)))
  }

  return {
    async start() {
      const { servers, ...rest } = await cache.load()
      const profiles = servers.map(async server => ({
        ...server,
        features: dialects.lastFeaturesOf(server),
        hasPasscode: await hasPasscode(server.id),
      }))
      state.load({ ...rest, servers: await Promise.all(profiles) })
      state.servers().forEach(context.connect)
    },

    async stop() {
      await Promise.all(
        context
          .links()
          .map(link =>
            link.stop().catch((thrown: unknown) => log.error('stop-failed', { ...toAppError(thrown) })),
          ),
      )
    },

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
    state: state.snapshot,
    person: state.person,
    room: state.room,
    rooms: state.rooms,
    connection: state.connection,
    onEvents: state.onEvents,

    async attachOwnHost({ name, url, passcode, host }) {
      const known = ownServer()
      const profile = {
        login: null,
        virtualHost: null,
        subscribeTemplate: defaultTemplate,
        publishTemplate: defaultTemplate,
        fingerprint: null,
        timeZone: null,
        ...known,
        id: known?.id ?? serverIdSchema.parse(ids.next()),
        name,
        url,
        own: true,
        enabled: true,
        kind: stompbox.kind,
        hasPasscode: passcode !== null,
      }
      const server: ServerProfile = { ...profile, features: dialects.lastFeaturesOf(profile) }
      await secrets.setPasscode(server.id, passcode)
      await context.saveServer(server)
      context.setOwnHost(host)
      if (state.person()) await context.link(server.id).restart()
      return server.id
    },

    async detachOwnHost() {
      context.setOwnHost(null)
      const server = ownServer()
      if (server) await context.link(server.id).stop()
    },

    wake() {
      for (const link of context.links()) link.wake()
    },
  }
}
