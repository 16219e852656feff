/** By which names a listener may be called: the guard against DNS rebinding and against other sites' pages. */
import { hostname, networkInterfaces } from 'node:os'
import type { BrokerLog } from '../options/log.ts'

/** @returns the names and addresses of this computer, in lower case, as URLs write them. */
export const ownNames = (): Set<string> => {
  const name = hostname().toLowerCase()
  const names = new Set(['localhost', '127.0.0.1', '[::1]', name, `${name}.local`])
  for (const infos of Object.values(networkInterfaces()))
    for (const { address, family } of infos ?? []) names.add(family === 'IPv6' ? `[${address}]` : address)
  return names
}

/** Keeps the last result: hardly anybody calls a host by more than one name. */
const remembered = <Result>(find: (text: string) => Result): ((text: string) => Result) => {
  let last: { text: string; result: Result } | null = null
  return text => (last?.text === text ? last : (last = { text, result: find(text) })).result
}

interface Place {
  /** As URLs write it. */
  hostname: string
  /** Empty for the usual one of the scheme. */
  port: string
}

/** @returns the place that a text such as `http://box.lan:7070` names; null where it says more, or anything else. */
const placeOf = (origin: string): Place | null => {
  const url = URL.parse(origin)
  const plain =
    url?.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === ''
  return plain ? url : null
}

/** An address of IPv6 may be given without its brackets. */
const isBareIpv6 = (name: string): boolean => /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(name)

/** A status of HTTP, and the sentence for whoever asked. */
export interface HttpRefusal {
  status: 403 | 421
  reason: string
}

/** Refused names that are logged: a flood of names must not become a flood of lines. */
const mostLogged = 32
/** RFC 1035, 2.3.4. */
const longestName = 255

export interface AllowedHosts {
  /**
   * @param headers of an HTTP request.
   * @returns null where it may go on. 421 (RFC 9110, 15.5.20) where its Host is no name of this computer; 403 where a page sends it that
   *   comes from elsewhere. A request without Origin is not sent by a page, and may go on.
   */
  refuse(headers: { host?: string | undefined; origin?: string | undefined }): HttpRefusal | null
}

export interface AllowedHostsOptions {
  /** Address on which the server listens. */
  bind: string
  /**
   * Further names under which people reach this computer. Pages that were loaded from there may connect as well: from the usual ports of
   * HTTP, or from the one port that is given, as in `localhost:5173`.
   */
  extra?: readonly string[] | undefined
  log: BrokerLog
}

/** Allows pages from this very port, and this computer's own addresses and names; reads them again for an unknown one, because networks change. */
export const allowOwnHosts = ({ bind, extra = [], log }: AllowedHostsOptions): AllowedHosts => {
  let own = ownNames()
  const read = (name: string): Place | null => placeOf(`http://${isBareIpv6(name) ? `[${name}]` : name}`)
  const others = extra.flatMap(name => read(name) ?? [])
  const names = new Set([read(bind), ...others].map(place => place?.hostname))
  const hostOf = remembered(read)
  const allowsHost = (place: Place | null): boolean => {
    if (!place) return false
    if (own.has(place.hostname) || names.has(place.hostname)) return true
    own = ownNames()
    return own.has(place.hostname)
  }
  const allowsOrigin = (origin: string, host: string): boolean => {
    const [, scheme] = /^(https?):\/\/[^/]+$/.exec(origin) ?? []
    const page = placeOf(origin)
    if (scheme === undefined || !page) return false
    const isPage = (place: Place | null): boolean =>
      place?.hostname === page.hostname && place.port === page.port
    return isPage(placeOf(`${scheme}://${host}`)) || others.some(isPage)
  }

  const logged = new Set<string>()
  const refused = (status: HttpRefusal['status'], reason: string, name: string): HttpRefusal => {
    const known = name.slice(0, longestName)
    if (!logged.has(known) && logged.size < mostLogged) {
      logged.add(known)
      log.info('request refused', { reason, name: known })
    }
    return { status, reason }
  }
  return {
    refuse: ({ host, origin }) => {
      if (host === undefined || !allowsHost(hostOf(host)))
        return refused(421, 'This is not an address of this server.', host ?? '')
      if (origin === undefined || allowsOrigin(origin, host)) return null
      return refused(403, 'Pages of other sites may not connect.', origin)
    },
  }
}
