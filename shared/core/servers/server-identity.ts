/**
 * The identity of a server, known before anything is sent to it. It alone decides which secrets the server gets
 * (decision 14).
 */
import type { ServerProfile } from '../../contract/model.ts'

/** The fields that determine a server's identity. */
export type Reached = Pick<ServerProfile, 'url' | 'fingerprint' | 'own'>

/** The names that a computer has for itself. */
const loopbackName = /^(localhost\.?|127\.0\.0\.1|\[::1\])$/

const hostNameOf = (url: URL): string => (loopbackName.test(url.hostname) ? 'localhost' : url.hostname)
const originOf = (url: URL): string =>
  `${url.protocol}//${hostNameOf(url)}${url.port === '' ? '' : `:${url.port}`}`

const isSecure = (address: string): boolean => /^(wss|stomps):/.test(address)

/** @returns the address with one spelling for this computer. */
export const endpointOf = (address: string): string => {
  const url = new URL(address)
  return `${originOf(url)}${url.pathname}${url.search}`
}

/**
 * @returns the fingerprint of the only accepted certificate; null if any certificate trusted by this computer is
 *   accepted, or without TLS.
 */
export const pinOf = ({ url, fingerprint }: Pick<Reached, 'url' | 'fingerprint'>): string | null =>
  isSecure(url) ? fingerprint : null

/**
 * @returns the fingerprint of the pinned certificate, otherwise the scheme, host and port of the address. It depends on
 *   nothing that a server claims about itself, because anybody can claim that.
 */
export const identityOf = (server: Reached): string =>
  server.own ? 'own' : (pinOf(server) ?? originOf(new URL(server.url)))

/** @returns the form of an address with TLS: `wss:` of `ws:`, `stomps:` of `stomp:`. */
export const encrypted = (address: string): string => address.replace(/^(ws|stomp):/, '$1s:')

/**
 * The ways in which a profile's identity can change.
 *
 * - `same`: not at all, or from plain to TLS on the same host and port, where the server had the secrets already.
 * - `address`: another host or port, and no pinned certificate before or after.
 * - `certificate`: another pinned certificate, or one is pinned or no longer pinned.
 */
export type IdentityChange = 'same' | 'address' | 'certificate'

/** @returns how a server's identity changes between two versions of its profile. */
export const identityChange = (before: Reached, after: Reached): IdentityChange => {
  if (identityOf(before) === identityOf(after)) return 'same'
  const upgraded = encrypted(before.url) !== before.url && isSecure(after.url)
  const [old, now] = [new URL(encrypted(before.url)), new URL(after.url)]
  if (upgraded && originOf(old) === originOf(now)) return 'same'
  return pinOf(before) === null && pinOf(after) === null ? 'address' : 'certificate'
}
