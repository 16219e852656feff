/** The proxy of the system, which sockets do not use. */
import { session } from 'electron'

/** @param answer such as `PROXY proxy.example:3128; DIRECT`. @returns host and port of the first proxy; null for none. */
const firstProxy = (answer: string): string | null =>
  /^\s*(?:PROXY|HTTPS|SOCKS[45]?)\s+([^\s;]+)/i.exec(answer)?.[1] ?? null

/** @returns host and port of the proxy that the system uses for a page; null for none. Never rejects. */
export const proxyOf = (url: string): Promise<string | null> =>
  session.defaultSession.resolveProxy(url).then(firstProxy, () => null)
