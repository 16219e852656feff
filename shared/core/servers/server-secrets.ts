/**
 * The secrets of servers, in the key store. A passcode that the key store can't keep is used until the app quits; a
 * device key is not.
 */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ServerId, ServerProfile } from '../../contract/model.ts'
import type { SpokenProfile } from '../dialect/dialect.ts'
import type { Dialects } from '../dialect/dialects.ts'
import type { Ids, Secrets } from '../ports.ts'
import { identityOf, type Reached } from './server-identity.ts'

/** The part of a profile that identifies its secrets: the server's identity and the account there. */
type Account = Reached & SpokenProfile & Pick<ServerProfile, 'id'>

export interface ServerSecrets {
  passcode(server: ServerId): Promise<string | null>
  setPasscode(server: ServerId, passcode: string | null): Promise<void>
  /**
   * @returns the device key, by which a server that supports it recognises this installation; made when first needed.
   *   There is one for each server identity and login, shared by all profiles with them. Rejects if the key store can't
   *   read or keep it: a name must not be claimed with a key that may be lost tomorrow, or while the right one may
   *   still exist.
   */
  deviceKey(server: Account): Promise<string>
  /**
   * The identity of a profile is about to change. The device key stays with the old identity.
   * @param shares whether `after` is known to be the same server, so that it gets the key as well, unless it has one.
   */
  identityChanges(before: Account, after: Account, shares: boolean): Promise<void>
  /**
   * Discards an unreadable passcode and device key of a server, and makes a new key. Rejects if the key store can't
   * keep it.
   */
  renew(server: Account): Promise<void>
  /**
   * Deletes the passcode of a removed profile. The device key stays: without it the name on the server would be lost.
   */
  forget(server: ServerId): Promise<void>
}

/** @param onError is called when the key store can't keep a passcode. */
export const createServerSecrets = (
  secrets: Secrets,
  ids: Ids,
  dialects: Dialects,
  onError: (error: AppError) => void,
): ServerSecrets => {
  const passcodeKey = (server: ServerId): string => `passcode:${server}`
  const inMemory = new Map<string, string | null>()

  const get = async (key: string): Promise<string | null> => {
    if (!inMemory.has(key)) {
      const kept = await secrets.get(key)
      // A value set meanwhile takes precedence.
      if (!inMemory.has(key)) inMemory.set(key, kept)
    }
    return inMemory.get(key) ?? null
  }
  const isReadable = (key: string): Promise<boolean> =>
    get(key).then(
      () => true,
      () => false,
    )
  const setPasscode: ServerSecrets['setPasscode'] = async (server, passcode) => {
    inMemory.set(passcodeKey(server), passcode)
    try {
      await secrets.set(passcodeKey(server), passcode)
    } catch (thrown) {
      onError(toAppError(thrown))
    }
  }
  const setKey = async (key: string, value: string | null): Promise<void> => {
    await secrets.set(key, value)
    inMemory.set(key, value)
  }
  const deviceKeyKey = (server: Account): string => {
    const { login } = server.profile.connect
    return `device-key:${identityOf(server)}${login === null ? '' : ` ${login}`}`
  }

  /** Keys used to belong to profiles. Such a key is moved to the server's identity once the server has accepted it. */
  const formerKey = (server: Account): string => `device-key:${server.id}`
  const moveFormer = async (server: Account, former: string): Promise<void> => {
    await setKey(deviceKeyKey(server), former)
    await setKey(formerKey(server), null)
  }
  const keptDeviceKey = async (server: Account): Promise<string | null> => {
    const kept = await get(deviceKeyKey(server))
    const former = kept === null ? await get(formerKey(server)) : null
    if (former !== null && dialects.lastOf(server)?.takesDeviceKey === true) await moveFormer(server, former)
    return kept ?? former
  }

  /** Pending lookups: two concurrent calls must not make two keys. */
  const deviceKeys = new Map<string, Promise<string>>()
  const deviceKey = async (server: Account): Promise<string> => {
    const kept = await keptDeviceKey(server)
    if (kept !== null) return kept
    const made = ids.secret()
    await setKey(deviceKeyKey(server), made)
    return made
  }

  return {
    passcode: server => get(passcodeKey(server)),
    setPasscode,
    deviceKey(server) {
      const key = deviceKeyKey(server)
      const asked = deviceKeys.get(key) ?? deviceKey(server).finally(() => deviceKeys.delete(key))
      deviceKeys.set(key, asked)
      return asked
    },
    async identityChanges(before, after, shares) {
      const kept = await keptDeviceKey(before)
      if (kept !== null && (await get(deviceKeyKey(before))) === null) await moveFormer(before, kept)
      if (shares && kept !== null && (await get(deviceKeyKey(after))) === null)
        await setKey(deviceKeyKey(after), kept)
    },
    async renew(server) {
      if (!(await isReadable(passcodeKey(server.id)))) await setPasscode(server.id, null)
      if (!(await isReadable(deviceKeyKey(server)))) await setKey(deviceKeyKey(server), ids.secret())
      if (!(await isReadable(formerKey(server)))) await setKey(formerKey(server), null)
    },
    forget: server => setPasscode(server, null),
  }
}
