/** What a person types as a server's address, made into the one that a socket can open. */
import { Failure } from '../../contract/errors.ts'

const schemes: Readonly<Record<string, string>> = {
  'ws:': 'ws:',
  'wss:': 'wss:',
  'http:': 'ws:',
  'https:': 'wss:',
}

/**
 * @param typed such as `192.168.0.14:7070` or `https://chat.example.org/ws`; without a scheme `ws:` is meant, without any path the
 * path of a Stompbox host. Credentials don't belong into an address: it is kept in the clear.
 * @param fingerprint of the certificate that the server has to show; `ws:` then becomes `wss:`, as only TLS shows certificates.
 * @returns a `ws:` or `wss:` address. @throws {Failure} `url-invalid`
 */
export const parseServerAddress = (typed: string, fingerprint: string | null = null): string => {
  const text = typed.trim()
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `ws://${text}`
  if (!URL.canParse(full)) throw new Failure('url-invalid', { url: text })
  const url = new URL(full)
  const scheme = schemes[url.protocol]
  if (scheme === undefined || url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new Failure('url-invalid', { url: text })
  }
  const pathTyped = /^[^/]*\/\/[^/?#]+[/?#]/.test(full)
  const secure = fingerprint !== null || scheme === 'wss:'
  return `${secure ? 'wss:' : 'ws:'}//${url.host}${pathTyped ? url.pathname : '/stomp'}${url.search}`
}

/** @returns the host name and port of an address, as a person would name the server. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
