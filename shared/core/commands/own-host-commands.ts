/** Connects the messenger to this installation's own host, like to any other server. */
import { serverIdSchema, type ServerId, type ServerProfile } from '../../contract/model.ts'
import { profileOf } from '../../contract/profile.ts'
import { stompbox } from '../dialect/stompbox.ts'
import type { OwnHost } from '../servers/own-host.ts'
import type { MessengerContext } from './messenger-context.ts'

/** The address of this installation's own host. */
interface OwnHostAt {
  name: string
  url: string
  passcode: string | null
  host: OwnHost
}

export interface OwnHostCommands {
  /** This installation's own host is running: saves its only profile and connects to it. */
  attachOwnHost: (host: OwnHostAt) => Promise<ServerId>
  /** This installation's own host is about to stop. Its rooms and messages stay. */
  detachOwnHost: () => Promise<void>
}

export const createOwnHostCommands = (context: MessengerContext): OwnHostCommands => {
  const { ports, state, secrets, dialects } = context
  const ownServer = (): ServerProfile | undefined => state.servers().find(server => server.own)

  return {
    async attachOwnHost({ name, url, passcode, host }) {
      const known = ownServer()
      const profile = {
        fingerprint: null,
        profile: profileOf(),
        ...known,
        id: known?.id ?? serverIdSchema.parse(ports.ids.next()),
        name,
        url,
        own: true,
        enabled: true,
        kind: stompbox.kind,
        hasPasscode: passcode !== null,
        keptSecrets: [],
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
  }
}
