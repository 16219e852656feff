/** Judges the certificate of a server. */
import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { CertificateFault, Fact, Finding } from '../../../shared/contract/doctor.ts'
import type { ErrorCode } from '../../../shared/contract/errors.ts'
import { fact } from '../../../shared/core/doctor/found.ts'

/** The sentence about each fault. */
const codes: Readonly<Record<CertificateFault, Finding | ErrorCode>> = {
  changed: 'certificate-changed',
  selfSigned: 'certificate-self-signed',
  unknown: 'certificate-unknown',
  otherName: 'certificate-other-name',
  expired: 'certificate-expired',
  early: 'certificate-early',
}

/** OpenSSL's codes for a missing issuer, and one that nobody here knows. */
const unknownIssuer = /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN$|CERT_UNTRUSTED$)/

/** A certificate as a handshake has shown it. */
export interface Shown {
  certificate: X509Certificate
  /** Whether an authority vouches for it. */
  authorized: boolean
  /** OpenSSL's code where none does. */
  code: string
}

/** @returns what is wrong with it, the most telling first. */
const faultsOf = ({ certificate, code }: Shown, name: string, now: number): CertificateFault[] => {
  const isNamed = isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)
  const faults: [CertificateFault, boolean][] = [
    // OpenSSL tells one fault only, and the date hides the others.
    ['selfSigned', certificate.checkIssued(certificate)],
    ['unknown', unknownIssuer.test(code)],
    ['otherName', isNamed === undefined],
    ['expired', certificate.validToDate.getTime() < now],
    ['early', certificate.validFromDate.getTime() > now],
  ]
  return faults.filter(([, isThere]) => isThere).map(([fault]) => fault)
}

/** @param name such as `O=Example\nCN=chat.example.org`. */
const commonName = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1] ?? name

/** @returns the fingerprint in the form of `ServerProfile.fingerprint`. */
const fingerprintOf = ({ fingerprint256 }: X509Certificate): string =>
  fingerprint256.replaceAll(':', '').toLowerCase()

const factsOf = (certificate: X509Certificate): Fact[] => {
  const { subject, issuer, subjectAltName, validFromDate, validToDate } = certificate
  const day = (date: Date): string => date.toISOString().slice(0, 10)
  return [
    fact('subject', commonName(subject)),
    fact('issuer', commonName(issuer)),
    fact('names', subjectAltName?.replaceAll(/\b(DNS|IP Address):/g, '') ?? ''),
    fact('valid', `${day(validFromDate)} – ${day(validToDate)}`),
    fact('fingerprint', fingerprintOf(certificate)),
  ].filter(({ value }) => value !== '')
}

export interface Judgement {
  /** Null for a trusted certificate. */
  code: Finding | ErrorCode | null
  fingerprint: string
  facts: Fact[]
}

/**
 * @param name the host name or address that the certificate should have.
 * @param expected the fingerprint of the only certificate that counts; null for one that an authority vouches for.
 */
export const judgeCertificate = (
  shown: Shown,
  name: string,
  expected: string | null,
  now = Date.now(),
): Judgement => {
  const fingerprint = fingerprintOf(shown.certificate)
  const facts = factsOf(shown.certificate)
  if (expected !== null) {
    facts.push(fact('expected', expected))
    return { code: fingerprint === expected ? null : codes.changed, fingerprint, facts }
  }
  if (shown.authorized) return { code: null, fingerprint, facts }
  const faults = faultsOf(shown, name, now)
  facts.push(...faults.map(fault => fact('wrong', fault)))
  const [first] = faults
  return { code: first ? codes[first] : 'certificate-refused', fingerprint, facts }
}
