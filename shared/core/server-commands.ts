/** Commands about the person and the servers. */
import type { Handlers } from '../contract/command.ts'
import { defaultTemplate, type messengerCommands } from '../contract/messenger-commands.ts'
import { serverIdSchema, type ServerProfile } from '../contract/model.ts'
import type { MessengerContext } from './messenger-context.ts'
import { parseServerAddress } from './server-address.ts'

type ServerCommands = Pick<
  Handlers<typeof messengerCommands>,
  'setPerson' | 'addServer' | 'updateServer' | 'removeServer' | 'connectServer' | 'disconnectServer'
>

/** Fields that come into effect with the next session only. */
const sessionFields = [
  'url',
  'login',
  'virtualHost',
  'subscribeTemplate',
  'publishTemplate',
  'fingerprint',
] as const

/** @returns whether `wanted` is this server, which may have got TLS only since. What is left as it comes tells nothing apart. */
const isSame = (
  server: ServerProfile,
  wanted: Pick<ServerProfile, 'url' | 'login' | 'virtualHost' | 'subscribeTemplate' | 'publishTemplate'>,
): boolean =>
  !server.own &&
  [server.url, server.url.replace(/^ws:/, 'wss:')].includes(wanted.url) &&
  [server.login, null].includes(wanted.login) &&
  [server.virtualHost, null].includes(wanted.virtualHost) &&
  [server.subscribeTemplate, defaultTemplate].includes(wanted.subscribeTemplate) &&
  [server.publishTemplate, defaultTemplate].includes(wanted.publishTemplate)

export const createServerCommands = (context: MessengerContext): ServerCommands => {
  const { ports, state, secrets } = context
  const isOn = (server: ServerProfile): boolean => state.connection(server.id).phase !== 'off'

  const updateServer: ServerCommands['updateServer'] = async ({ id, change: { passcode, ...fields } }) => {
    const before = context.server(id)
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const changed: ServerProfile = { ...before, ...given }
    changed.url = parseServerAddress(changed.url)
    if (changed.url !== before.url) changed.kind = null
    if (passcode !== undefined) {
      await secrets.setPasscode(id, passcode)
      changed.hasPasscode = passcode !== null
    }
    await context.saveServer(changed)
    const matters = passcode !== undefined || sessionFields.some(field => changed[field] !== before[field])
    if (matters && isOn(before)) await context.link(id).restart()
    return null
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
        await Promise.all(servers.filter(isOn).map(server => context.link(server.id).restart()))
      }
      return null
    },

    async addServer({ passcode, ...fields }) {
      const url = parseServerAddress(fields.url)
      const known = state.servers().find(server => isSame(server, { ...fields, url }))
      if (known) {
        const { fingerprint } = fields
        await updateServer({
          id: known.id,
          change: {
            url,
            ...(fingerprint !== null && { fingerprint }),
            ...(passcode !== null && { passcode }),
          },
        })
        await connectServer({ id: known.id })
        return context.server(known.id)
      }
      const server: ServerProfile = {
        ...fields,
        id: serverIdSchema.parse(ports.ids.next()),
        url,
        own: false,
        enabled: true,
        kind: null,
        hasPasscode: passcode !== null,
      }
      if (passcode !== null) await secrets.setPasscode(server.id, passcode)
      await context.saveServer(server)
      context.connect(server)
      return server
    },
    updateServer,

    async removeServer({ id }) {
      context.server(id)
      await context.removeLink(id)
      await ports.cache.removeServer(id)
      await secrets.forget(id)
      state.removeServer(id)
      return null
    },

    connectServer,

    async disconnectServer({ id }) {
      await context.saveServer({ ...context.server(id), enabled: false })
      await context.link(id).stop()
      return null
    },
  }
}
