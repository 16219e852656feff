/** The certificate that identifies a host over TLS: given by the operator, or made by the host itself. */
import { createPrivateKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../shared/contract/errors.ts'
import type { Certificate } from '../ports/options.ts'
import { readText } from './read-text.ts'

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
/**
 * "No well-defined expiration date" (RFC 5280, 4.1.2.5): a client that pins a certificate checks nothing but its
 * fingerprint.
 */
const never = new Date('9999-12-31T23:59:59Z')

/**
 * Reads a certificate (with its chain) and its key; both may be in one file.
 * @throws {Failure} `file-unreadable`; `certificate-invalid` if either is invalid or they do not belong together.
 */
export const readCertificate = (certFile: string, keyFile: string): Certificate => {
  const [cert, key] = [readText(certFile), readText(keyFile)]
  let file = certFile
  try {
    const certificate = new X509Certificate(cert)
    file = keyFile
    if (!certificate.checkPrivateKey(createPrivateKey(key)))
      throw new Error('the key does not belong to the certificate')
    return { cert, key, fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase() }
  } catch (thrown) {
    throw new Failure('certificate-invalid', { file }, thrown)
  }
}

/** @returns a new key and its self-signed certificate, as PEM. The certificate contains no name. */
const makePem = async (): Promise<string> => {
  // Only the first start needs them, so only it loads them.
  await import('reflect-metadata')
  const { SubjectAlternativeNameExtension, X509CertificateGenerator } = await import('@peculiar/x509')
  const keys = await webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // Positive and at most 20 octets (RFC 5280, 4.1.2.2).
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    name: 'CN=Stompbox host',
    notBefore: new Date(),
    notAfter: never,
    signingAlgorithm: keyAlgorithm,
    keys,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  })
  const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString()
  return `${certificate.toString('pem')}\n${key}`
}

/**
 * @param folder the host's data folder; created if it is missing.
 * @returns the host's own certificate, from `host.pem` there; created if there is none yet.
 * @throws {Failure} as {@link readCertificate}; `disk-readonly` if it can't be stored.
 */
export const ownCertificate = async (folder: string): Promise<Certificate> => {
  const file = join(folder, 'host.pem')
  if (!existsSync(file)) {
    const partial = `${file}.partial`
    const pem = await makePem()
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      rmSync(partial, { force: true })
      writeFileSync(partial, pem, { mode: 0o600, flush: true })
      renameSync(partial, file)
    } catch (thrown) {
      throw new Failure('disk-readonly', { file: folder }, thrown)
    }
  }
  return readCertificate(file, file)
}
