/**
 * `safeStorage` as on a Linux desktop without a key store: the key is in the program, so that a secret is hidden, not safe, and the
 * app has to accept that first.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { app } from './app.ts'

const cipher = 'aes-256-gcm'
const prefix = Buffer.from('v10')
const nonceLength = 12
const tagLength = 16
const key = scryptSync('peanuts', 'saltysalt', 32, { N: 2 })

let acceptsPlainText = false

const isAvailable = (): boolean => app.isReady() && acceptsPlainText
const requireKey = (): void => {
  if (!isAvailable()) throw new Error('Error while encrypting: encryption is not available.')
}

const encrypt = (text: string): Buffer => {
  requireKey()
  const nonce = randomBytes(nonceLength)
  const encryption = createCipheriv(cipher, key, nonce)
  const body = Buffer.concat([encryption.update(text, 'utf8'), encryption.final()])
  return Buffer.concat([prefix, nonce, body, encryption.getAuthTag()])
}

const decrypt = (encrypted: Buffer): string => {
  requireKey()
  if (!encrypted.subarray(0, prefix.length).equals(prefix)) {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.')
  }
  const body = encrypted.subarray(prefix.length)
  const decryption = createDecipheriv(cipher, key, body.subarray(0, nonceLength))
  decryption.setAuthTag(body.subarray(-tagLength))
  return (
    decryption.update(body.subarray(nonceLength, -tagLength), undefined, 'utf8') + decryption.final('utf8')
  )
}

export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(isAvailable()),
  getSelectedStorageBackend: (): 'basic_text' | 'unknown' => (app.isReady() ? 'basic_text' : 'unknown'),
  setUsePlainTextEncryption(accepts: boolean): void {
    acceptsPlainText = accepts
  },
  encryptStringAsync: async (text: string): Promise<Buffer> => Promise.resolve(encrypt(text)),
  decryptStringAsync: async (encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> =>
    Promise.resolve({ result: decrypt(encrypted), shouldReEncrypt: false }),
}
