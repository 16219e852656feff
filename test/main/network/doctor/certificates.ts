/** Certificates for tests, made when they are needed. */
import 'reflect-metadata'
import { KeyObject } from 'node:crypto'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 86_400_000

export interface Pem {
  cert: string
  key: string
}

export interface Authority extends Pem {
  certificate: X509Certificate
  keys: CryptoKeyPair
}

const pemOf = (certificate: X509Certificate, keys: CryptoKeyPair): Pem => ({
  cert: certificate.toString('pem'),
  key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
})

/** @param to days from now until it expires. */
export const makeAuthority = async (name: string, to = 1): Promise<Authority> => {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 2 * day),
    notAfter: new Date(Date.now() + to * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return { ...pemOf(certificate, keys), certificate, keys }
}

interface Wish {
  /** For an address of this computer. */
  ip?: string
  dns?: string
  /** Days from now. */
  from?: number
  to?: number
}

/** @returns a server's certificate from this authority. */
export const issue = async (
  { certificate, keys: { privateKey } }: Authority,
  { ip, dns, from = -2, to = 1 }: Wish,
): Promise<Pem> => {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const issued = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: `CN=${dns ?? ip ?? 'server'}`,
    issuer: certificate.subject,
    notBefore: new Date(Date.now() + from * day),
    notAfter: new Date(Date.now() + to * day),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: privateKey,
    extensions: [
      new SubjectAlternativeNameExtension([
        ...(ip === undefined ? [] : [{ type: 'ip' as const, value: ip }]),
        ...(dns === undefined ? [] : [{ type: 'dns' as const, value: dns }]),
      ]),
    ],
  })
  return pemOf(issued, keys)
}
