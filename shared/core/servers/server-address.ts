/** Turns a typed server address into one that a socket can open. */
import { Failure } from '../../contract/errors.ts'
import { shownAddress } from '../../text/secret-free.ts'

const schemes: Readonly<Record<string, string>> = {
  'ws:': 'ws:',
  'wss:': 'wss:',
  'http:': 'ws:',
  'https:': 'wss:',
  'stomp:': 'stomp:',
  'stomps:': 'stomps:',
  'stomp+ssl:': 'stomps:',
}
/** Of STOMP over TCP, where the port is not typed. */
const tcpPorts: Readonly<Record<string, string>> = { 'stomp:': '61613', 'stomps:': '61614' }

/**
 * @param typed such as `192.168.0.14:7070` or `https://chat.example.org/ws`; the default scheme is `ws:`, the default
 *   path that of a Stompbox host. Credentials are refused, because the address is stored in plain text.
 * @param fingerprint of the certificate that the server must have; `ws:` then becomes `wss:`, because only TLS has
 *   certificates.
 * @returns a `ws:`, `wss:`, `stomp:` or `stomps:` address. @throws {Failure} `url-invalid`
 */
export const parseServerAddress = (typed: string, fingerprint: string | null = null): string => {
  const text = typed.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `ws://${text}`
  if (!URL.canParse(full)) throw new Failure('url-invalid', { url: shownAddress(text) })
  const scheme = schemes[new URL(full).protocol]
  // Only addresses of the web have their host names normalized.
  const asWeb = full.replace(/^stomp[^:]*/i, 'ws')
  if (!URL.canParse(asWeb)) throw new Failure('url-invalid', { url: shownAddress(text) })
  const url = new URL(asWeb)
  if (scheme === undefined || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new Failure('url-invalid', { url: shownAddress(text) })
  }
  const pathTyped = /^[^/]*\/\/[^/?#]+[/?#]/.test(full)
  if (Object.hasOwn(tcpPorts, scheme)) {
    const secured = fingerprint === null ? scheme : 'stomps:'
    // A parsed web address hides its own default port.
    const port = url.port || (/:80(?:[/?#]|$)/.test(full) ? '80' : (tcpPorts[secured] ?? ''))
    return `${secured}//${url.hostname}:${port}`
  }
  const secure = fingerprint !== null || scheme === 'wss:'
  return `${secure ? 'wss:' : 'ws:'}//${url.host}${pathTyped ? url.pathname : '/stomp'}${url.search}`
}

/** @returns the host name and port of an address, as a person would name the server. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
