/** Opens a session to one server: resolves its address and the person's credentials. */
import { Failure, type AppError } from '../../contract/errors.ts'
import type { ServerId, ServerProfile } from '../../contract/model.ts'
import { stompVersions } from '../../contract/profile.ts'
import type { Dialects } from '../dialect/dialects.ts'
import type { Addressee } from '../dialect/error-frames.ts'
import type { KnownState } from '../messenger-state.ts'
import type { SessionEvents } from '../session/persistent-session.ts'
import { introduce, type Introduction } from './introduction.ts'
import type { OwnHost } from './own-host.ts'
import type { Ports } from '../ports.ts'
import { hostOf } from './server-address.ts'
import { createPoison, type Poison } from '../session/poison.ts'
import type { ServerSecrets } from './server-secrets.ts'
import { Session } from '../session/session.ts'
import { Token } from './token.ts'

export interface ConnectingOptions {
  ports: Ports
  state: Pick<KnownState, 'server' | 'person'>
  secrets: ServerSecrets
  dialects: Dialects
  serverId: ServerId
  /** @returns null while it does not run. */
  ownHost: () => OwnHost | null
  /** As {@link import('../session/session.ts').SessionOptions.onError}. */
  onError: (error: AppError) => void
}

export interface Connecting {
  /** @returns the current profile. @throws {Failure} `not-found` */
  profile: () => ServerProfile
  addressee: () => Addressee
  /** What earlier sessions have shown about frames that end the connection. */
  poison: Poison
  /** @returns whether this server has accepted the person before, with the name and passcode of the last attempt. */
  letIn: () => boolean
  /** What the profile has the server told while connecting. Rejects as `introduce`, and with the failure of a token. */
  introduction: () => Promise<Introduction>
  /** Opens a session. Rejects with the failure of the key store or of the own host, with `server-own`, and with `not-found`. */
  open: (events: SessionEvents) => Promise<Session>
}

export const createConnecting = (options: ConnectingOptions): Connecting => {
  const { ports, state, secrets, dialects, serverId } = options
  /** RabbitMQ treats the header `host` as a virtual host, and has none with the computer's name. */
  let defaultVirtualHost: string | null = null
  /** The credentials that were last accepted since the app started, and those of the last attempt. */
  let accepted: string | null = null
  let shown: string | null = null

  const profile = (): ServerProfile => {
    const known = state.server(serverId)
    if (!known) throw new Failure('not-found')
    return known
  }
  const person = (): string => state.person()?.name ?? ''
  const addressee = (): Addressee => {
    const { url, profile: spoken } = profile()
    const { login, virtualHost } = spoken.connect
    return {
      host: hostOf(url),
      name: login ?? person(),
      virtualHost: virtualHost ?? defaultVirtualHost ?? new URL(url).hostname,
    }
  }

  const token = new Token({ clock: ports.clock, secrets, sources: ports.tokenSources })
  const introduction = async (): Promise<Introduction> => {
    const server = profile()
    const told = await token.told(server, addressee().name, person())
    return introduce(server, state.person(), secrets, told)
  }
  const poison = createPoison(() => addressee().host)

  return {
    profile,
    addressee,
    introduction,
    poison,
    letIn: () => state.server(serverId)?.kind !== null && (accepted === null || accepted === shown),
    async open(events) {
      const server = profile()
      const { url, fingerprint } = server
      const { virtualHost } = server.profile.connect
      // The own host has its own profile; another one would be a second person there, and would show it another
      // server's secrets.
      if (!server.own && options.ownHost()?.isAt(server)) throw new Failure('server-own')
      const passcode = await secrets.passcode(serverId)
      const greeting = dialects.greetingOf(server, person())
      const deviceKey = greeting.takesDeviceKey ? await secrets.deviceKey(server) : null
      const to = addressee()
      if (server.own && deviceKey !== null) await options.ownHost()?.introduce({ name: to.name, deviceKey })
      const { connect, handshake } = await introduction()
      const credentials = JSON.stringify([to.name, virtualHost, passcode, connect, handshake])
      shown = credentials
      let isIn = false
      return new Session({
        ...ports,
        url,
        fingerprint,
        addressee: to,
        poison,
        versions: stompVersions.filter(version => server.profile.connect.versions.includes(version)),
        handshake,
        connectHeaders: {
          ...greeting.connectHeaders({ ...to, passcode, deviceKey }),
          ...connect,
        },
        dialectOf: connected => dialects.dialectOf(connected, server, person()),
        onConnected: dialect => {
          isIn = true
          accepted = credentials
          events.onConnected(dialect)
        },
        onError: options.onError,
        onEnded: error => {
          const hopeful = error.code === 'virtual-host-unknown' && virtualHost === null && !defaultVirtualHost
          if (hopeful) defaultVirtualHost = '/'
          const told = isIn ? error : token.refused(error)
          events.onEnded(hopeful ? { code: 'connection-lost' } : told)
        },
      })
    },
  }
}
