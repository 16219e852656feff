/** Which of the servers that are there already is meant by an invitation, or by what a person has filled in. */
import type { ServerProfile } from '../../contract/model.ts'
import { encrypted, endpointOf, pinOf } from './server-identity.ts'

/** What tells accounts on one server apart. */
const accountFields = ['login', 'virtualHost', 'subscribeTemplate', 'publishTemplate'] as const

/** A server as it is asked for; of a field that is undefined nothing is said. */
export type WantedServer = Pick<ServerProfile, 'url' | 'fingerprint'> & {
  [Field in (typeof accountFields)[number]]?: ServerProfile[Field] | undefined
}

const hasPathOf = (url: string, other: string): boolean => {
  const [a, b] = [new URL(url), new URL(other)]
  return a.pathname === b.pathname && a.search === b.search
}

/**
 * @returns the server with the wanted certificate, at whatever address it was; otherwise the one at the wanted address, where that may have
 * got TLS since, but has not lost it. Undefined where there is none, or its account is another one.
 */
export const findKnownServer = (
  servers: readonly ServerProfile[],
  wanted: WantedServer,
): ServerProfile | undefined => {
  const pin = pinOf(wanted)
  const candidates = servers.filter(
    server =>
      !server.own &&
      accountFields.every(field => wanted[field] === undefined || wanted[field] === server[field]),
  )
  const endpoint = endpointOf(wanted.url)
  return (
    candidates.find(server => pin !== null && pinOf(server) === pin && hasPathOf(server.url, wanted.url)) ??
    candidates.find(({ url }) => [endpointOf(url), endpointOf(encrypted(url))].includes(endpoint))
  )
}
