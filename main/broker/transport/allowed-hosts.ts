/** The host names that a listener accepts: a guard against DNS rebinding and against pages of other sites. */
import { hostname, networkInterfaces } from 'node:os'
import type { BrokerLog } from '../options/log.ts'

/** @returns the names and addresses of this computer, in lower case, in URL form. */
export const ownNames = (): Set<string> => {
  const name = hostname().toLowerCase()
  const names = new Set(['localhost', '127.0.0.1', '[::1]', name, `${name}.local`])
  for (const infos of Object.values(networkInterfaces()))
    for (const { address, family } of infos ?? []) names.add(family === 'IPv6' ? `[${address}]` : address)
  return names
}

/** Caches the last result: nearly all requests use the same name. */
const remembered = <Result>(find: (text: string) => Result): ((text: string) => Result) => {
  let last: { text: string; result: Result } | null = null
  return text => (last?.text === text ? last : (last = { text, result: find(text) })).result
}

interface Authority {
  /** In URL form. */
  hostname: string
  /** Empty for the default port of the scheme. */
  port: string
}

/** @returns host and port of an origin such as `http://box.lan:7070`; null for anything else. */
const authorityOf = (origin: string): Authority | null => {
  const url = URL.parse(origin)
  const plain =
    url?.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === ''
  return plain ? url : null
}

/** IPv6 addresses may be given without brackets. */
const isBareIpv6 = (name: string): boolean => /^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(name)

/** An HTTP status, and a sentence for the peer. */
export interface HttpRefusal {
  status: 403 | 421
  reason: string
}

/** How many different refused names are logged: a flood of names must not flood the log. */
const mostLogged = 32
/** RFC 1035, 2.3.4. */
const longestName = 255

export interface AllowedHosts {
  /**
   * @param headers of an HTTP request.
   * @returns null for an allowed request; 421 (RFC 9110, 15.5.20) where Host is not a name of this computer; 403 for a page from another
   *   site. A request without Origin does not come from a page and is allowed.
   */
  refuse(headers: { host?: string | undefined; origin?: string | undefined }): HttpRefusal | null
}

export interface AllowedHostsOptions {
  /** Address on which the server listens. */
  bind: string
  /**
   * Further host names of this computer. Pages loaded from there may connect as well: from HTTP's default ports, or
   * from the given port, as in `localhost:5173`.
   */
  extra?: readonly string[] | undefined
  log: BrokerLog
}

/** Allows pages from this port, and this computer's own names and addresses; reads them again for an unknown name, because networks change. */
export const allowOwnHosts = ({ bind, extra = [], log }: AllowedHostsOptions): AllowedHosts => {
  let own = ownNames()
  const read = (name: string): Authority | null =>
    authorityOf(`http://${isBareIpv6(name) ? `[${name}]` : name}`)
  const others = extra.flatMap(name => read(name) ?? [])
  const names = new Set([read(bind), ...others].map(authority => authority?.hostname))
  const hostOf = remembered(read)
  const allowsHost = (authority: Authority | null): boolean => {
    if (!authority) return false
    if (own.has(authority.hostname) || names.has(authority.hostname)) return true
    own = ownNames()
    return own.has(authority.hostname)
  }
  const allowsOrigin = (origin: string, host: string): boolean => {
    const [, scheme] = /^(https?):\/\/[^/]+$/.exec(origin) ?? []
    const page = authorityOf(origin)
    if (scheme === undefined || !page) return false
    const isPage = (authority: Authority | null): boolean =>
      authority?.hostname === page.hostname && authority.port === page.port
    return isPage(authorityOf(`${scheme}://${host}`)) || others.some(isPage)
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
        return refused(421, 'This server does not answer under this host name.', host ?? '')
      if (origin === undefined || allowsOrigin(origin, host)) return null
      return refused(403, 'Pages of other sites may not connect.', origin)
    },
  }
}
