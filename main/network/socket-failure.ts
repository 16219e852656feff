/** Turns failures of a WebSocket into errors that tell the person what to do. */
import type { IncomingMessage } from 'node:http'
import { Failure, type AppError, type ErrorCode } from '../../shared/contract/errors.ts'
import { shownAddress } from '../../shared/text/secret-free.ts'
import { diagnose } from './diagnose.ts'

/** Node's codes for an untrusted certificate (https://nodejs.org/api/tls.html, X509 certificate error codes). */
const certificateCodes =
  /^(CERT_|CRL_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$|ERR_TLS_CERT_)/

/** The other end answered with something other than HTTP or TLS. */
const foreignCodes = /^(HPE_|EPROTO$|ERR_SSL_|WS_ERR_)/

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** The message with which `ws` reports a timeout. */
export const timedOut = 'Opening handshake has timed out'

export const defaultPorts: Readonly<Record<string, number>> = {
  'ws:': 80,
  'wss:': 443,
  'stomp:': 61_613,
  'stomps:': 61_614,
}

/** Characters. */
const longestTarget = 300

/** The progress of an attempt. */
export interface Reach {
  /** The IP address of the name; null if it is unknown, or the name is an address. */
  address: string | null
  /** Whether the other end accepted the connection. */
  connected: boolean
  /** When the attempt began, by {@link performance}'s clock. Milliseconds. */
  since: number
}

/** @returns why the connection failed. */
export const failureToOpen = (error: Error, url: URL, { address, connected, since }: Reach): AppError => {
  if (error instanceof Failure) return error.error
  const { host } = url
  const code = codeOf(error)
  const detail = code && !error.message.includes(code) ? `${code}: ${error.message}` : error.message
  if (certificateCodes.test(code)) return { code: 'certificate-refused', params: { host }, detail }
  if (foreignCodes.test(code) || /Upgrade header|Sec-WebSocket|subprotocol/.test(error.message)) {
    return { code: 'server-not-stomp', params: { host }, detail }
  }
  if (connected) return { code: 'server-unreachable', params: { host }, detail }
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port) || (defaultPorts[url.protocol] ?? 0)
  const silent = error.message === timedOut
  const took = performance.now() - since
  return { ...diagnose({ name, port, address, code: silent ? 'ETIMEDOUT' : code, took }), detail }
}

/** @returns where a redirect leads, without what may be a secret in it. */
const targetOf = (location: string, host: string): string => {
  if (!URL.canParse(location, `http://${host}`)) return shownAddress(location.slice(0, longestTarget))
  const { protocol, host: other, pathname } = new URL(location, `http://${host}`)
  return `${protocol.replace(/^http/, 'ws')}//${other}${pathname}`.slice(0, longestTarget)
}

/**
 * @param answer an HTTP answer instead of a WebSocket.
 * @returns why.
 */
export const failureOfAnswer = (
  { statusCode: status = 0, headers }: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  host: string,
): AppError => {
  const detail = `HTTP ${status}`
  if (status >= 300 && status < 400 && headers.location !== undefined)
    return { code: 'redirected', params: { host, location: targetOf(headers.location, host) }, detail }
  // RFC 2817, 4.2. Otherwise 426 asks for WebSocket.
  if (status === 426 && headers.upgrade?.startsWith('TLS/'))
    return { code: 'tls-required', params: { host }, detail }
  // RFC 9110, 15.5.20.
  if (status === 421) return { code: 'host-name-refused', params: { host }, detail }
  if (status === 401 || status === 403)
    return { code: 'access-refused', params: { host, message: detail }, detail }
  // A gateway answers, but the server behind it does not.
  if (status >= 502 && status <= 504) return { code: 'server-unreachable', params: { host }, detail }
  if (status === 429 || status >= 500) return { code: 'server-error', params: { message: detail }, detail }
  return { code: 'server-not-stomp', params: { host }, detail }
}

const closeCodes: Readonly<Partial<Record<number, ErrorCode>>> = {
  // Going away, and service restart.
  1001: 'host-closing',
  1012: 'host-closing',
  1009: 'frame-too-large',
}

/**
 * @param code of the close frame (RFC 6455, section 7.4); 1006 where there was none.
 * @returns why an open connection was lost.
 */
export const failureOfClose = (code: number, reason: string): AppError => ({
  code: closeCodes[code] ?? 'connection-lost',
  detail: `WebSocket closed with ${code}${reason && `: ${reason}`}`,
})
