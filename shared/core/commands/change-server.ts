/** Changes the profile of a server; its secrets only go along if it stays the same server. */
import type { Handlers } from '../../contract/command.ts'
import { Failure } from '../../contract/errors.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { ServerProfile } from '../../contract/model.ts'
import { secretSlots } from '../../contract/profile.ts'
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

  /** Removes the secrets that the profile has no place for any more, or that another server must not get, and sets new ones. */
  const keepSecrets = async (
    before: ServerProfile,
    after: ServerProfile,
    given: Readonly<Record<string, string | null>>,
    keepsOld: boolean,
  ): Promise<string[]> => {
    const slots = secretSlots(after.profile)
    const dropped = secretSlots(before.profile).filter(slot => !keepsOld || !slots.includes(slot))
    for (const slot of dropped) await secrets.setSecret(after.id, slot, null)
    for (const slot of slots) {
      const value = given[slot]
      if (value !== undefined) await secrets.setSecret(after.id, slot, value)
    }
    return secrets.given(after)
  }

  /** Saves a changed profile and its secrets, and only keeps those that may go to the new server. */
  const keepChanged = async (
    before: ServerProfile,
    after: ServerProfile,
    passcode: string | null | undefined,
    given: Readonly<Record<string, string | null>>,
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
      keptSecrets: await keepSecrets(before, after, given, keepsSecrets),
    })
  }

  return async ({ id, change: { passcode, secrets: given = {}, ...fields }, accepts }) => {
    const before = context.server(id)
    const changes = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
    const changed: ServerProfile = { ...before, ...changes }
    changed.url = parseServerAddress(changed.url, changed.fingerprint)
    const [from, to] = [identityOf(before), identityOf(changed)]
    if (from !== to && context.ownServerAt(changed)) throw new Failure('server-own')
    if (needsConsent(before, changed) && accepts !== to)
      throw new Failure('server-other', { name: before.name, before: from, after: to })
    // A certificate proves that it is the same server at another address; without one the next session has to find out.
    const isSame = pinOf(changed) === null ? changed.url === before.url : from === to
    if (!isSame) Object.assign(changed, { kind: null, features: null })
    const matters =
      passcode !== undefined ||
      Object.keys(given).length > 0 ||
      sessionFields.some(field => !isSameJson(changed[field], before[field]))
    const reconnects = matters && context.isOn(before)
    // No session may run while the secrets belong to one server and the address to another.
    if (reconnects && from !== to) await context.link(id).stop()
    try {
      await keepChanged(before, changed, passcode, given)
    } finally {
      if (reconnects) await context.link(id).restart()
    }
    return null
  }
}
