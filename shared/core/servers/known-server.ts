/** Finds the known server that is meant by an invitation or by typed input. */
import type { ServerProfile } from '../../contract/model.ts'
import type { Profile } from '../../contract/profile.ts'
import { encrypted, endpointOf, pinOf } from './server-identity.ts'

/** A requested server; without a profile, any account on it. */
export type WantedServer = Pick<ServerProfile, 'url' | 'fingerprint'> & { profile?: Profile | undefined }

/** @returns what distinguishes accounts on one server. */
const accountOf = ({ connect, rooms }: Profile): string =>
  JSON.stringify([connect.login, connect.virtualHost, rooms.subscribe, rooms.send])

const hasPathOf = (url: string, other: string): boolean => {
  const [a, b] = [new URL(url), new URL(other)]
  return a.pathname === b.pathname && a.search === b.search
}

/**
 * @returns the server with the wanted certificate, at any address; otherwise the one at the wanted address, which may
 *   have gained TLS since but must not have lost it. Undefined if there is none, or its account differs.
 */
export const findKnownServer = (
  servers: readonly ServerProfile[],
  wanted: WantedServer,
): ServerProfile | undefined => {
  const pin = pinOf(wanted)
  const candidates = servers.filter(
    server =>
      !server.own &&
      (wanted.profile === undefined || accountOf(wanted.profile) === accountOf(server.profile)),
  )
  const endpoint = endpointOf(wanted.url)
  return (
    candidates.find(server => pin !== null && pinOf(server) === pin && hasPathOf(server.url, wanted.url)) ??
    candidates.find(({ url }) => [endpointOf(url), endpointOf(encrypted(url))].includes(endpoint))
  )
}
