/** Commands about the person and the servers. */
import type { Handlers } from '../../contract/command.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import { createAddServer } from './add-server.ts'
import { createChangeServer } from './change-server.ts'
import { createCheckConnection } from './check-connection.ts'
import { recognise } from '../../contract/recognise.ts'
import { askServer } from '../servers/ask-server.ts'
import { findServer } from '../servers/find-server.ts'
import type { MessengerContext } from './messenger-context.ts'

type ServerCommands = Pick<
  Handlers<typeof messengerCommands>,
  | 'setPerson'
  | 'findServer'
  | 'recogniseServer'
  | 'addServer'
  | 'updateServer'
  | 'renewSecrets'
  | 'removeServer'
  | 'connectServer'
  | 'disconnectServer'
  | 'checkConnection'
>

export const createServerCommands = (context: MessengerContext): ServerCommands => {
  const { ports, state, secrets } = context
  const updateServer = createChangeServer(context)

  const find = (typed: string, fingerprint: string | null): Promise<string> => {
    const isOwn = (url: string): boolean => context.ownServerAt({ url, fingerprint }) !== undefined
    return findServer({ ...ports, isOwn }, typed, fingerprint)
  }

  const connectServer: ServerCommands['connectServer'] = async ({ id }) => {
    await context.saveServer({ ...context.server(id), enabled: true })
    context.connect(context.server(id))
    return null
  }

  return {
    async setPerson({ name }) {
      const before = state.person()
      await ports.cache.savePerson({ name })
      state.setPerson({ name })
      const servers = state.servers()
      if (!before) servers.forEach(context.connect)
      else if (before.name !== name) {
        await Promise.all(servers.filter(context.isOn).map(server => context.link(server.id).restart()))
      }
      return null
    },

    findServer: ({ url, fingerprint }) => find(url, fingerprint),

    async recogniseServer({ url: typed, fingerprint }) {
      const sighting = await askServer(ports, await find(typed, fingerprint), fingerprint)
      const { url, server } = sighting
      return { url, server, ...recognise(sighting) }
    },

    addServer: createAddServer(context, updateServer, id => connectServer({ id })),
    updateServer,

    async renewSecrets({ id }) {
      const server = context.server(id)
      await secrets.renew(server)
      await context.saveServer({
        ...server,
        hasPasscode: (await secrets.passcode(id)) !== null,
        keptSecrets: await secrets.given(server),
      })
      if (context.isOn(server)) await context.link(id).restart()
      return null
    },

    async removeServer({ id }) {
      const server = context.server(id)
      await context.removeLink(id)
      await ports.cache.removeServer(id)
      await secrets.forget(server)
      state.removeServer(id)
      return null
    },

    connectServer,
    checkConnection: createCheckConnection(context),

    async disconnectServer({ id }) {
      await context.saveServer({ ...context.server(id), enabled: false })
      await context.link(id).stop()
      return null
    },
  }
}
