/** Addresses as people type them. */

const sockets: Record<string, string> = { 'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:' }

/**
 * Completes what somebody has read off a screen: `192.168.0.14:7070` is `ws://192.168.0.14:7070/stomp`, and an `http:`
 * address means the WebSocket there.
 * @returns the `ws:` or `wss:` address, or null where it can't be one.
 */
export const addressOf = (typed: string): string | null => {
  const text = typed.trim()
  const complete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const url = URL.parse(complete ? text : `ws://${text}`)
  const protocol = url && sockets[url.protocol]
  if (!protocol) return null
  url.protocol = protocol
  if (!complete && url.pathname === '/') url.pathname = '/stomp'
  return url.href
}

/** @returns what a server is called that has got no name: the host in its address. */
export const nameOfAddress = (address: string): string => URL.parse(address)?.host ?? address
