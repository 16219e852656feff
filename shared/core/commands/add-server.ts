/** Adds a server. A known server gets the new address and passcode instead of a second profile. */
import type { Handlers } from '../../contract/command.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import { serverIdSchema, type ServerId, type ServerProfile } from '../../contract/model.ts'
import { profileOf } from '../../contract/profile.ts'
import { findKnownServer } from '../servers/known-server.ts'
import { parseServerAddress } from '../servers/server-address.ts'
import type { ChangeServer } from './change-server.ts'
import type { MessengerContext } from './messenger-context.ts'

type AddServer = Handlers<typeof messengerCommands>['addServer']

const newServer = (
  id: ServerId,
  { passcode, ...fields }: Omit<Parameters<AddServer>[0], 'secrets' | 'accepts'>,
): ServerProfile => ({
  id,
  name: fields.name,
  url: fields.url,
  fingerprint: fields.fingerprint,
  profile: fields.profile ?? profileOf(),
  own: false,
  enabled: true,
  kind: null,
  features: null,
  hasPasscode: passcode !== null,
  keptSecrets: [],
})

/** @returns the command `addServer`. @param connect connects to a server. */
export const createAddServer = (
  context: MessengerContext,
  changeServer: ChangeServer,
  connect: (id: ServerId) => Promise<unknown>,
): AddServer => {
  const { ports, state, secrets } = context

  return async ({ secrets: given = {}, accepts, ...fields }) => {
    const { fingerprint, passcode } = fields
    const url = parseServerAddress(fields.url, fingerprint)
    const own = context.ownServerAt({ url, fingerprint })
    if (own) {
      await connect(own.id)
      return context.server(own.id)
    }
    const known = findKnownServer(state.servers(), { ...fields, url })
    if (known) {
      await changeServer({
        id: known.id,
        change: {
          url,
          ...(fingerprint !== null && { fingerprint }),
          ...(passcode !== null && { passcode }),
          secrets: given,
        },
        accepts,
      })
      await connect(known.id)
      return context.server(known.id)
    }
    const server = newServer(serverIdSchema.parse(ports.ids.next()), { ...fields, url })
    if (passcode !== null) await secrets.setPasscode(server.id, passcode)
    for (const [slot, value] of Object.entries(given)) await secrets.setSecret(server.id, slot, value)
    server.keptSecrets = await secrets.given(server)
    await context.saveServer(server)
    context.connect(server)
    return server
  }
}
