/** Changes the profile of a server; its secrets only go along if it stays the same server. */
import type { Handlers } from '../../contract/command.ts'
import { Failure } from '../../contract/errors.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { ServerProfile } from '../../contract/model.ts'
import { parseServerAddress } from '../servers/server-address.ts'
import { identityChange, identityOf, pinOf } from '../servers/server-identity.ts'
import type { MessengerContext } from './messenger-context.ts'

export type ChangeServer = Handlers<typeof messengerCommands>['updateServer']

/** Fields that only take effect with the next session. */
const sessionFields = ['url', 'fingerprint', 'profile'] as const

/** Profiles have their fields in the order of the schema. */
const isSameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** @returns whether the person has to confirm this change of the profile: not if the server was never used. */
const needsConsent = (before: ServerProfile, after: ServerProfile): boolean => {
  const isNew = before.kind === null && pinOf(before) === null
  return !isNew && identityChange(before, after) !== 'same'
}

/** @returns the command `updateServer`. */
export const createChangeServer = (context: MessengerContext): ChangeServer => {
  const { secrets, dialects } = context

  /** Saves a changed profile and its passcode, and only keeps the secrets that may go to the new server. */
  const keepChanged = async (
    before: ServerProfile,
    after: ServerProfile,
    passcode: string | null | undefined,
  ): Promise<void> => {
    const keepsSecrets = identityChange(before, after) !== 'certificate'
    if (identityOf(before) !== identityOf(after)) {
      const shares =
        keepsSecrets &&
        dialects.lastOf(before)?.takesDeviceKey === true &&
        before.profile.connect.login === after.profile.connect.login
      await secrets.identityChanges(before, after, shares)
    }
    const next = keepsSecrets ? passcode : (passcode ?? null)
    if (next !== undefined) await secrets.setPasscode(after.id, next)
    await context.saveServer({
      ...after,
      hasPasscode: next === undefined ? before.hasPasscode : next !== null,
    })
  }

  return async ({ id, change: { passcode, ...fields }, accepts }) => {
    const before = context.server(id)
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const changed: ServerProfile = { ...before, ...given }
    changed.url = parseServerAddress(changed.url, changed.fingerprint)
    const [from, to] = [identityOf(before), identityOf(changed)]
    if (from !== to && context.ownServerAt(changed)) throw new Failure('server-own')
    if (needsConsent(before, changed) && accepts !== to)
      throw new Failure('server-other', { name: before.name, before: from, after: to })
    // A certificate proves that it is the same server at another address; without one the next session has to find out.
    const isSame = pinOf(changed) === null ? changed.url === before.url : from === to
    if (!isSame) Object.assign(changed, { kind: null, features: null })
    const matters =
      passcode !== undefined || sessionFields.some(field => !isSameJson(changed[field], before[field]))
    const reconnects = matters && context.isOn(before)
    // No session may run while the secrets belong to one server and the address to another.
    if (reconnects && from !== to) await context.link(id).stop()
    try {
      await keepChanged(before, changed, passcode)
    } finally {
      if (reconnects) await context.link(id).restart()
    }
    return null
  }
}
