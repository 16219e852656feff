/** The secrets of servers, in the key store. A passcode that it does not keep counts as long as the app runs; a key does not count. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ServerId, ServerProfile } from '../../contract/model.ts'
import type { SpokenProfile } from '../dialect/dialect.ts'
import type { Dialects } from '../dialect/dialects.ts'
import type { Ids, Secrets } from '../ports.ts'
import { identityOf, type Reached } from './server-identity.ts'

/** A server as its secrets are kept: by what it is known by, and by the account there. */
type Account = Reached & SpokenProfile & Pick<ServerProfile, 'id' | 'login'>

export interface ServerSecrets {
  passcode(server: ServerId): Promise<string | null>
  setPasscode(server: ServerId, passcode: string | null): Promise<void>
  /**
   * @returns the secret by which a server that takes one knows this installation again; made when it is first needed. There is one for each
   * identity of a server and each login there, whatever profiles lead to it. Rejects where the key store can't give or keep it: no name
   * is claimed with a key that may be gone tomorrow, or while the right one may be there.
   */
  deviceKey(server: Account): Promise<string>
  /**
   * The profile is about to be known by something else. Its device key stays with what it was known by until now.
   * @param shares whether `after` is known to be the same server, so that it gets the key as well, unless it has one.
   */
  identityChanges(before: Account, after: Account, shares: boolean): Promise<void>
  /** Gives up the passcode and the device key of a server where they can't be read, and makes a new key. Rejects where it is not kept. */
  renew(server: Account): Promise<void>
  /** Forgets the passcode of a profile that is removed. The device key stays: without it the name there would be lost. */
  forget(server: ServerId): Promise<void>
}

/** @param onError is told when the key store does not keep a passcode. */
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
      // What was set meanwhile counts.
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
  const deviceKeyKey = (server: Account): string =>
    `device-key:${identityOf(server)}${server.login === null ? '' : ` ${server.login}`}`

  /** Keys used to belong to profiles. Such a key is moved to the server's identity where that has accepted it. */
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

  /** Keys that are being looked for: two who ask at once must not make two. */
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
