/** The secrets of servers: in the key store, and in memory as long as the app runs where the key store fails. */
import { toAppError, type AppError } from '../contract/errors.ts'
import type { ServerId } from '../contract/model.ts'
import type { Ids, Secrets } from './ports.ts'

export interface ServerSecrets {
  passcode(server: ServerId): Promise<string | null>
  setPasscode(server: ServerId, passcode: string | null): Promise<void>
  /** @returns the secret by which a Stompbox host knows this installation again; made when it is first needed. */
  deviceKey(server: ServerId): Promise<string>
  forget(server: ServerId): Promise<void>
}

/** @param onError is told when the key store does not keep or give a secret. */
export const createServerSecrets = (
  secrets: Secrets,
  ids: Ids,
  onError: (error: AppError) => void,
): ServerSecrets => {
  const inMemory = new Map<string, string | null>()

  const get = async (key: string): Promise<string | null> => {
    if (!inMemory.has(key)) {
      const kept = await secrets.get(key)
      // What was set meanwhile counts.
      if (!inMemory.has(key)) inMemory.set(key, kept)
    }
    return inMemory.get(key) ?? null
  }
  const set = async (key: string, value: string | null): Promise<void> => {
    inMemory.set(key, value)
    try {
      await secrets.set(key, value)
    } catch (thrown) {
      onError(toAppError(thrown))
    }
  }
  const passcodeKey = (server: ServerId): string => `passcode:${server}`
  const deviceKeyKey = (server: ServerId): string => `device-key:${server}`

  /** Those that are being asked for: two who ask at once must not make two. */
  const deviceKeys = new Map<ServerId, Promise<string>>()
  const deviceKey = async (server: ServerId): Promise<string> => {
    const key = deviceKeyKey(server)
    const known = await get(key)
    if (known !== null) return known
    const made = ids.secret()
    await set(key, made)
    return made
  }

  return {
    passcode: server => get(passcodeKey(server)),
    setPasscode: (server, passcode) => set(passcodeKey(server), passcode),
    deviceKey(server) {
      const asked = deviceKeys.get(server) ?? deviceKey(server).finally(() => deviceKeys.delete(server))
      deviceKeys.set(server, asked)
      return asked
    },
    async forget(server) {
      await set(passcodeKey(server), null)
      await set(deviceKeyKey(server), null)
    },
  }
}
