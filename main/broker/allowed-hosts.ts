/** By which names a listener may be called: the guard against DNS rebinding and against other sites' pages. */
import { hostname, networkInterfaces } from 'node:os'

const ownNames = (): Set<string> => {
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

/** @returns the host of an authority (`host[:port]`) as URLs write it; null for what is none. */
const hostOf = remembered((authority: string): string | null => {
  const url = URL.parse(`http://${authority}`)
  const plain =
    url?.username === '' &&
    url.password === '' &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === ''
  return plain ? url.hostname : null
})

export interface AllowedHosts {
  /** @returns whether a request's Host header names this computer. */
  allowsHost(header: string | undefined): boolean
  /** @returns whether a page of this origin may connect. No origin is no browser, and may. */
  allowsOrigin(header: string | undefined): boolean
}

/**
 * Allows this computer's own addresses and names, asked anew when an unknown one comes (networks change).
 * @param extra further host names and addresses under which people reach this computer.
 */
export const allowOwnHosts = (extra: readonly string[] = []): AllowedHosts => {
  let own = ownNames()
  const others = new Set(
    extra.map(name => hostOf(name.includes(':') && !name.startsWith('[') ? `[${name}]` : name)),
  )
  const allows = (host: string | null): boolean => {
    if (host === null) return false
    if (own.has(host) || others.has(host)) return true
    own = ownNames()
    return own.has(host)
  }
  return {
    allowsHost: header => header !== undefined && allows(hostOf(header)),
    allowsOrigin: header => {
      if (header === undefined) return true
      const [, authority] = /^https?:\/\/([^/]+)$/.exec(header) ?? []
      return authority !== undefined && allows(hostOf(authority))
    },
  }
}
