/** Commands about the person and the servers. */
import type { Handlers } from '../../contract/command.ts'
import { Failure } from '../../contract/errors.ts'
import { defaultTemplate, type messengerCommands } from '../../contract/messenger-commands.ts'
import { serverIdSchema, type ServerProfile } from '../../contract/model.ts'
import { findServer } from '../servers/find-server.ts'
import { findKnownServer } from '../servers/known-server.ts'
import type { MessengerContext } from './messenger-context.ts'
import { parseServerAddress } from '../servers/server-address.ts'
import { identityChange, identityOf, pinOf } from '../servers/server-identity.ts'

type ServerCommands = Pick<
  Handlers<typeof messengerCommands>,
  | 'setPerson'
  | 'findServer'
  | 'addServer'
  | 'updateServer'
  | 'renewSecrets'
  | 'removeServer'
  | 'connectServer'
  | 'disconnectServer'
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

/** @returns whether the person has to agree before the profile changes like this: not where nobody has been there before. */
const needsConsent = (before: ServerProfile, after: ServerProfile): boolean => {
  const isNew = before.kind === null && pinOf(before) === null
  return !isNew && identityChange(before, after) !== 'same'
}

export const createServerCommands = (context: MessengerContext): ServerCommands => {
  const { ports, state, secrets, dialects } = context
  const isOn = (server: ServerProfile): boolean => state.connection(server.id).phase !== 'off'

  /** Keeps a changed profile and its passcode, and lets only those secrets go along that may. */
  const keepChanged = async (
    before: ServerProfile,
    after: ServerProfile,
    passcode: string | null | undefined,
  ): Promise<void> => {
    const keepsSecrets = identityChange(before, after) !== 'certificate'
    if (identityOf(before) !== identityOf(after)) {
      const shares =
        keepsSecrets && dialects.lastOf(before)?.takesDeviceKey === true && before.login === after.login
      await secrets.identityChanges(before, after, shares)
    }
    const next = keepsSecrets ? passcode : (passcode ?? null)
    if (next !== undefined) await secrets.setPasscode(after.id, next)
    await context.saveServer({
      ...after,
      hasPasscode: next === undefined ? before.hasPasscode : next !== null,
    })
  }

  const updateServer: ServerCommands['updateServer'] = async ({
    id,
    change: { passcode, ...fields },
    accepts,
  }) => {
    const before = context.server(id)
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const changed: ServerProfile = { ...before, ...given }
    changed.url = parseServerAddress(changed.url, changed.fingerprint)
    const [from, to] = [identityOf(before), identityOf(changed)]
    if (needsConsent(before, changed) && accepts !== to)
      throw new Failure('server-other', { name: before.name, before: from, after: to })
    // A certificate says that it is the same server at another address; without one that has to be found out.
    const isSame = pinOf(changed) === null ? changed.url === before.url : from === to
    if (!isSame) Object.assign(changed, { kind: null, features: null })
    const matters = passcode !== undefined || sessionFields.some(field => changed[field] !== before[field])
    const reconnects = matters && isOn(before)
    // Nothing connects while the secrets belong to one server and the address to another.
    if (reconnects && from !== to) await context.link(id).stop()
    try {
      await keepChanged(before, changed, passcode)
    } finally {
      if (reconnects) await context.link(id).restart()
    }
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

    findServer({ url, fingerprint }) {
      const isOwn = (url: string): boolean => context.ownServerAt({ url, fingerprint }) !== undefined
      return findServer({ ...ports, isOwn }, url, fingerprint)
    },

    async addServer({ passcode, accepts, ...fields }) {
      const { fingerprint } = fields
      const url = parseServerAddress(fields.url, fingerprint)
      const own = context.ownServerAt({ url, fingerprint })
      if (own) {
        await connectServer({ id: own.id })
        return context.server(own.id)
      }
      const known = findKnownServer(state.servers(), { ...fields, url })
      if (known) {
        await updateServer({
          id: known.id,
          change: {
            url,
            ...(fingerprint !== null && { fingerprint }),
            ...(passcode !== null && { passcode }),
          },
          accepts,
        })
        await connectServer({ id: known.id })
        return context.server(known.id)
      }
      const server: ServerProfile = {
        id: serverIdSchema.parse(ports.ids.next()),
        name: fields.name,
        url,
        login: fields.login ?? null,
        virtualHost: fields.virtualHost ?? null,
        subscribeTemplate: fields.subscribeTemplate ?? defaultTemplate,
        publishTemplate: fields.publishTemplate ?? defaultTemplate,
        fingerprint,
        timeZone: fields.timeZone ?? null,
        own: false,
        enabled: true,
        kind: null,
        features: null,
        hasPasscode: passcode !== null,
      }
      if (passcode !== null) await secrets.setPasscode(server.id, passcode)
      await context.saveServer(server)
      context.connect(server)
      return server
    },
    updateServer,

    async renewSecrets({ id }) {
      const server = context.server(id)
      await secrets.renew(server)
      await context.saveServer({ ...server, hasPasscode: (await secrets.passcode(id)) !== null })
      if (isOn(server)) await context.link(id).restart()
      return null
    },

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
