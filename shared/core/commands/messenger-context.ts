/** The context that the commands share. */
import { Failure, toAppError } from '../../contract/errors.ts'
import type { Person, Room, RoomKey, ServerId, ServerProfile } from '../../contract/model.ts'
import type { Dialects } from '../dialect/dialects.ts'
import type { KnownState } from '../messenger-state.ts'
import { createConnecting, type Connecting } from '../servers/connecting.ts'
import type { OwnHost } from '../servers/own-host.ts'
import type { Ports } from '../ports.ts'
import { ServerLink } from '../servers/server-link.ts'
import type { ServerSecrets } from '../servers/server-secrets.ts'
import { toStored } from '../servers/stored-server.ts'
import { Watches } from '../rooms/watches.ts'

export interface MessengerContext {
  ports: Ports
  state: KnownState
  secrets: ServerSecrets
  dialects: Dialects
  /** @returns the link of a server. @throws {Failure} `not-found` */
  link: (id: ServerId) => ServerLink
  links: () => ServerLink[]
  /** The rooms that the windows watch. */
  watches: Watches
  /** @returns whether the server is connected or connecting. */
  isOn: (server: Pick<ServerProfile, 'id'>) => boolean
  /**
   * Connects to a server if possible: the person is known, the server is switched on, and the own host (if it is the
   * server) is running.
   */
  connect: (server: ServerProfile) => void
  /** @returns another way to open sessions to a server, which knows nothing of those of its link, nor changes anything about them. */
  connecting: (id: ServerId) => Connecting
  /** @returns the profile of this installation's own host, if it is running and is the server meant. */
  ownServerAt: (server: Pick<ServerProfile, 'url' | 'fingerprint'>) => ServerProfile | undefined
  /** This installation's own host is running; null if it is not. The host reports it itself. */
  setOwnHost: (host: OwnHost | null) => void
  /** Ends the links of all servers; new ones are made when they are asked for. Each stores what it has received. */
  endLinks: () => Promise<void>
  /** Ends the link of a server permanently. */
  removeLink: (id: ServerId) => Promise<void>
  /** @throws {Failure} `not-found` */
  server: (id: ServerId) => ServerProfile
  /** @throws {Failure} `not-found` */
  room: (key: RoomKey) => Room
  /** @throws {Failure} `input-invalid` before the first run has asked for a name. */
  person: () => Person
  /** Saves the profile, then announces it. */
  saveServer: (server: ServerProfile) => Promise<void>
}

const found = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Failure('not-found')
  return value
}

export const createMessengerContext = (
  ports: Ports,
  state: KnownState,
  secrets: ServerSecrets,
  dialects: Dialects,
): MessengerContext => {
  const links = new Map<ServerId, ServerLink>()
  const watches = new Watches()
  let ownHost: OwnHost | null = null
  const server = (id: ServerId): ServerProfile => found(state.server(id))

  const link = (id: ServerId): ServerLink => {
    const known = links.get(server(id).id)
    if (known) return known
    const made = new ServerLink({
      ports,
      state,
      secrets,
      dialects,
      watches,
      serverId: id,
      ownHost: () => ownHost,
    })
    links.set(id, made)
    return made
  }

  return {
    ports,
    state,
    secrets,
    dialects,
    server,
    link,
    links: () => [...links.values()],
    watches,
    isOn: ({ id }) => state.connection(id).phase !== 'off',
    connect({ id, enabled, own }) {
      if (state.person() && enabled && (!own || ownHost)) link(id).start()
    },
    connecting: serverId =>
      createConnecting({
        ports,
        state,
        secrets,
        dialects,
        serverId,
        ownHost: () => ownHost,
        onError: () => undefined,
      }),
    ownServerAt: meant => (ownHost?.isAt(meant) ? state.servers().find(({ own }) => own) : undefined),
    setOwnHost(host) {
      ownHost = host
    },
    async endLinks() {
      const ended = [...links.values()]
      links.clear()
      await Promise.all(
        ended.map(link =>
          link.stop().catch((thrown: unknown) => ports.log.error('stop-failed', { ...toAppError(thrown) })),
        ),
      )
    },
    async removeLink(id) {
      const link = links.get(id)
      links.delete(id)
      // Messages that could no longer be stored are removed with the server.
      await link
        ?.stop()
        .catch((thrown: unknown) => ports.log.warn('link-stop-failed', { ...toAppError(thrown) }))
    },
    room: key => found(state.room(key)),
    person() {
      const person = state.person()
      if (!person) throw new Failure('input-invalid', { what: 'name' })
      return person
    },
    async saveServer(profile) {
      await ports.cache.saveServer(toStored(profile))
      state.putServer(profile)
    },
  }
}
