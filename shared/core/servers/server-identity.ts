/** How a server is known before anything is sent to it. This alone decides which secrets it gets (decision 14). */
import type { ServerProfile } from '../../contract/model.ts'

/** What the identity of a server depends on. */
export type Reached = Pick<ServerProfile, 'url' | 'fingerprint' | 'own'>

/** The names that a computer has for itself. */
const loopbackName = /^(localhost\.?|127\.0\.0\.1|\[::1\])$/

const hostNameOf = (url: URL): string => (loopbackName.test(url.hostname) ? 'localhost' : url.hostname)
const originOf = (url: URL): string =>
  `${url.protocol}//${hostNameOf(url)}${url.port === '' ? '' : `:${url.port}`}`

/** @returns the address with one spelling for this computer. */
export const endpointOf = (address: string): string => {
  const url = new URL(address)
  return `${originOf(url)}${url.pathname}${url.search}`
}

/** @returns the fingerprint of the one certificate that counts; null where any counts that this computer trusts, or none is shown. */
export const pinOf = ({ url, fingerprint }: Pick<Reached, 'url' | 'fingerprint'>): string | null =>
  url.startsWith('wss:') ? fingerprint : null

/**
 * @returns the fingerprint of the server's certificate where one is pinned, otherwise the scheme, host and port of its address. Nothing
 * that a server says about itself belongs to it: anybody can say that.
 */
export const identityOf = (server: Reached): string =>
  server.own ? 'own' : (pinOf(server) ?? originOf(new URL(server.url)))

/** @returns the `wss:` form of a `ws:` address; any other address as it is. */
export const encrypted = (address: string): string => address.replace(/^ws:/, 'wss:')

/**
 * How the identity of a profile changes.
 *
 * - `same`: not at all, or the same host and port are reached by TLS from now on. Whoever could answer there had the secrets already.
 * - `address`: another host or port, and no pinned certificate before or after.
 * - `certificate`: another pinned certificate, or one is pinned or no longer pinned.
 */
export type IdentityChange = 'same' | 'address' | 'certificate'

/** @returns how the identity of a server changes between two states of its profile. */
export const identityChange = (before: Reached, after: Reached): IdentityChange => {
  if (identityOf(before) === identityOf(after)) return 'same'
  const upgraded = encrypted(before.url) !== before.url && after.url.startsWith('wss:')
  const [old, now] = [new URL(encrypted(before.url)), new URL(after.url)]
  if (upgraded && originOf(old) === originOf(now)) return 'same'
  return pinOf(before) === null && pinOf(after) === null ? 'address' : 'certificate'
}
