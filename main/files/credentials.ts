/** Secrets on this computer: encrypted by the system's key store, in a file that only its owner can read. */
import { join } from 'node:path'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { Failure } from '../../shared/contract/errors.ts'
import type { Log, Secrets } from '../../shared/core/ports.ts'
import { openJsonDocument } from './json-document.ts'

/** The used part of Electron's safeStorage. */
export type Seal = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>

const fileSchema = z.object({
  /** Encrypted secrets in base64, by key. Any other value is kept, and counts as a secret that can't be read. */
  sealed: z.record(z.string(), z.unknown()).default({}),
})

export interface Credentials extends Secrets {
  /** False if secrets are only obfuscated on disk, because the system has no key store. */
  readonly encrypted: boolean
}

/**
 * On Linux without a key ring Electron encrypts with a password known to everybody, and only if told to.
 * @returns whether encrypted secrets are really secret.
 */
const chooseSeal = async (seal: Seal, platform: NodeJS.Platform): Promise<boolean> => {
  const available = await seal.isAsyncEncryptionAvailable()
  if (platform !== 'linux') return available
  if (!available) seal.setUsePlainTextEncryption(true)
  return available && seal.getSelectedStorageBackend() !== 'basic_text'
}

/**
 * Opens the secrets of the installation in `folder`. `get` rejects with `secrets-locked` for a secret that can't be decrypted, because the
 * key store is locked or has changed. `set` rejects with `secrets-unavailable`, `disk-full` or `disk-readonly`.
 * @throws Failure `file-unreadable` or `file-broken`: without the device keys in it the person would lose their names.
 */
export const openCredentials = async (
  folder: string,
  seal: Seal,
  log: Log,
  platform = process.platform,
): Promise<Credentials> => {
  const document = await openJsonDocument(join(folder, 'credentials.json'), fileSchema, log, {
    keepAside: false,
  })
  const encrypted = await chooseSeal(seal, platform)
  log.info('credentials-opened', { encrypted })

  const sealText = async (text: string): Promise<string> => {
    try {
      return (await seal.encryptStringAsync(text)).toString('base64')
    } catch (thrown) {
      throw new Failure('secrets-unavailable', undefined, thrown)
    }
  }
  const set: Secrets['set'] = async (key, value) => {
    const entry = value === null ? null : await sealText(value)
    await document.update(({ sealed }) => {
      const { [key]: _replaced, ...others } = sealed
      return { sealed: entry === null ? others : { ...others, [key]: entry } }
    })
  }
  /** Encrypts again with a new or better key of the key store. Until that succeeds, the old one remains in use. */
  const sealAnew = (key: string, value: string): Promise<void> =>
    set(key, value).catch((thrown: unknown) => log.warn('secret-not-sealed-anew', { detail: String(thrown) }))
  return {
    encrypted,
    set,
    get: async key => {
      const sealed = document.current().sealed[key]
      if (sealed === undefined) return null
      try {
        const bytes = Buffer.from(z.base64().parse(sealed), 'base64')
        const { result, shouldReEncrypt } = await seal.decryptStringAsync(bytes)
        if (shouldReEncrypt) await sealAnew(key, result)
        return result
      } catch (thrown) {
        log.warn('secret-unreadable', { detail: String(thrown) })
        throw new Failure('secrets-locked')
      }
    },
  }
}
