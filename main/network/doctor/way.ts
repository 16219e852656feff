/** A server's address, taken apart. */

/** How a scheme is spoken. */
interface Scheme {
  tls: boolean
  webSocket: boolean
  port: number
}

const schemes: Readonly<Partial<Record<string, Scheme>>> = {
  'ws:': { tls: false, webSocket: true, port: 80 },
  'wss:': { tls: true, webSocket: true, port: 443 },
  'stomp:': { tls: false, webSocket: false, port: 61_613 },
  'stomps:': { tls: true, webSocket: false, port: 61_614 },
}

export interface Way extends Scheme {
  url: URL
  /** Host name or address, without the brackets of IPv6. */
  name: string
  /** Host name and port, for sentences. */
  host: string
}

/** @returns null for an address that no socket can open. */
export const wayOf = (address: string): Way | null => {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  const scheme = schemes[url.protocol]
  if (!scheme || url.hostname === '') return null
  const port = Number(url.port) || scheme.port
  return { ...scheme, url, port, name: url.hostname.replace(/^\[|\]$/g, ''), host: url.host }
}

/** @returns the address with another scheme, at the same port, without its query. */
export const withScheme = ({ url, name, port }: Way, scheme: 'ws' | 'wss'): string => {
  const host = name.includes(':') ? `[${name}]` : name
  return `${scheme}://${host}:${port}${url.pathname}`
}

/** @returns the address with another path, without its query. */
export const withPath = ({ url }: Way, path: string): string => `${url.protocol}//${url.host}${path}`
