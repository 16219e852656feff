/** Decides whether the other end of a TLS connection is trusted. */
import type { ClientRequest } from 'node:http'
import type { RequestOptions } from 'node:https'
import { getCACertificates } from 'node:tls'
import { pinnedCertificate } from './pinned-certificate.ts'

/** Options of a request. `finishRequest` sends it after that decision. */
export type Trust = Pick<RequestOptions, 'ca' | 'rejectUnauthorized'> & {
  finishRequest?: (request: ClientRequest) => void
}

/** Read once, on first use. */
let known: string[] | undefined

/** @returns the certificate authorities of Node and of this computer, such as a school's own. */
export const authorities = (): string[] =>
  (known ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])])

/**
 * @param fingerprint of the only certificate that counts; null for one that an authority vouches for.
 * @param host name and port, for the failure.
 */
export const trustOf = (fingerprint: string | null, host: string): Trust =>
  fingerprint === null ? { ca: authorities() } : pinnedCertificate(fingerprint, host)
