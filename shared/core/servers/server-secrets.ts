/**
 * The secrets of servers, in the key store. A passcode or secret of a profile that the key store can't keep is used until
 * the app quits; a device key is not.
 */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ServerId, ServerProfile } from '../../contract/model.ts'
import { secretSlots } from '../../contract/profile.ts'
import type { SpokenProfile } from '../dialect/dialect.ts'
import type { Dialects } from '../dialect/dialects.ts'
import type { Ids, Secrets } from '../ports.ts'
import { identityOf, type Reached } from './server-identity.ts'

/** The part of a profile that identifies its secrets: the server's identity and the account there. */
type Account = Reached & SpokenProfile & Pick<ServerProfile, 'id'>

export interface ServerSecrets {
  passcode(server: ServerId): Promise<string | null>
  setPasscode(server: ServerId, passcode: string | null): Promise<void>
  /** @param slot one of {@link secretSlots}. */
  secret(server: ServerId, slot: string): Promise<string | null>
  setSecret(server: ServerId, slot: string, value: string | null): Promise<void>
  /** @returns the slots of the profile that have a value. One that can't be read counts: there is one. */
  given(server: Pick<ServerProfile, 'id' | 'profile'>): Promise<string[]>
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
   * Discards an unreadable passcode, secrets and device key of a server, and makes a new key. Rejects if the key store
   * can't keep it.
   */
  renew(server: Account): Promise<void>
  /**
   * Deletes the passcode and the secrets of a removed profile. The device key stays: without it the name on the server
   * would be lost.
   */
  forget(server: Pick<ServerProfile, 'id' | 'profile'>): Promise<void>
}

/** The key store, with what was read or set since the app started. */
class Kept {
  readonly #secrets: Secrets
  readonly #onError: (error: AppError) => void
  readonly #inMemory = new Map<string, string | null>()

  constructor(secrets: Secrets, onError: (error: AppError) => void) {
    this.#secrets = secrets
    this.#onError = onError
  }

  async get(key: string): Promise<string | null> {
    if (!this.#inMemory.has(key)) {
      const kept = await this.#secrets.get(key)
      // A value set meanwhile takes precedence.
      if (!this.#inMemory.has(key)) this.#inMemory.set(key, kept)
    }
    return this.#inMemory.get(key) ?? null
  }

  isReadable(key: string): Promise<boolean> {
    return this.get(key).then(
      () => true,
      () => false,
    )
  }

  /** Rejects if the key store can't keep it. */
  async set(key: string, value: string | null): Promise<void> {
    await this.#secrets.set(key, value)
    this.#inMemory.set(key, value)
  }

  /** Sets it until the app quits, and longer if the key store can keep it. */
  async use(key: string, value: string | null): Promise<void> {
    this.#inMemory.set(key, value)
    try {
      await this.#secrets.set(key, value)
    } catch (thrown) {
      this.#onError(toAppError(thrown))
    }
  }
}

const passcodeKey = (server: ServerId): string => `passcode:${server}`
const secretKey = (server: ServerId, slot: string): string => `secret:${server}:${slot}`
/** @returns the keys of a profile's own secrets. */
const keysOf = ({ id, profile }: Pick<ServerProfile, 'id' | 'profile'>): string[] => [
  passcodeKey(id),
  ...secretSlots(profile).map(slot => secretKey(id, slot)),
]

/** @param onError is called when the key store can't keep a passcode or a secret of a profile. */
export const createServerSecrets = (
  secrets: Secrets,
  ids: Ids,
  dialects: Dialects,
  onError: (error: AppError) => void,
): ServerSecrets => {
  const kept = new Kept(secrets, onError)
  const deviceKeyKey = (server: Account): string => {
    const { login } = server.profile.connect
    return `device-key:${identityOf(server)}${login === null ? '' : ` ${login}`}`
  }

  /** Keys used to belong to profiles. Such a key is moved to the server's identity once the server has accepted it. */
  const formerKey = (server: Account): string => `device-key:${server.id}`
  const moveFormer = async (server: Account, former: string): Promise<void> => {
    await kept.set(deviceKeyKey(server), former)
    await kept.set(formerKey(server), null)
  }
  const keptDeviceKey = async (server: Account): Promise<string | null> => {
    const own = await kept.get(deviceKeyKey(server))
    const former = own === null ? await kept.get(formerKey(server)) : null
    if (former !== null && dialects.lastOf(server)?.takesDeviceKey === true) await moveFormer(server, former)
    return own ?? former
  }

  /** Pending lookups: two concurrent calls must not make two keys. */
  const deviceKeys = new Map<string, Promise<string>>()
  const deviceKey = async (server: Account): Promise<string> => {
    const known = await keptDeviceKey(server)
    if (known !== null) return known
    const made = ids.secret()
    await kept.set(deviceKeyKey(server), made)
    return made
  }

  return {
    passcode: server => kept.get(passcodeKey(server)),
    setPasscode: (server, passcode) => kept.use(passcodeKey(server), passcode),
    secret: (server, slot) => kept.get(secretKey(server, slot)),
    setSecret: (server, slot, value) => kept.use(secretKey(server, slot), value),
    async given({ id, profile }) {
      const slots = secretSlots(profile)
      const values = await Promise.all(slots.map(slot => kept.get(secretKey(id, slot)).catch(() => '')))
      return slots.filter((_slot, at) => values[at] !== null)
    },
    deviceKey(server) {
      const key = deviceKeyKey(server)
      const asked = deviceKeys.get(key) ?? deviceKey(server).finally(() => deviceKeys.delete(key))
      deviceKeys.set(key, asked)
      return asked
    },
    async identityChanges(before, after, shares) {
      const known = await keptDeviceKey(before)
      if (known !== null && (await kept.get(deviceKeyKey(before))) === null) await moveFormer(before, known)
      if (shares && known !== null && (await kept.get(deviceKeyKey(after))) === null)
        await kept.set(deviceKeyKey(after), known)
    },
    async renew(server) {
      for (const key of keysOf(server)) if (!(await kept.isReadable(key))) await kept.use(key, null)
      if (!(await kept.isReadable(deviceKeyKey(server)))) await kept.set(deviceKeyKey(server), ids.secret())
      if (!(await kept.isReadable(formerKey(server)))) await kept.set(formerKey(server), null)
    },
    async forget(server) {
      for (const key of keysOf(server)) await kept.use(key, null)
    },
  }
}
