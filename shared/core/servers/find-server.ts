/** Finds the full address of a server from the part that a person has typed. */
import { Failure, type AppError, type ErrorCode } from '../../contract/errors.ts'
import type { Clock, SocketFactory } from '../ports.ts'
import { shownAddress } from '../../text/secret-free.ts'
import { hostOf, parseServerAddress } from './server-address.ts'

/** Usual ports and paths of STOMP over WebSocket: Stompbox, RabbitMQ, ActiveMQ, Artemis, Spring Boot. */
const usualPlaces = [
  { port: 7070, path: '/stomp' },
  { port: 15_674, path: '/ws' },
  { port: 61_614, path: '/stomp' },
  { port: 61_613, path: '/stomp' },
  { port: 8080, path: '/ws' },
] as const

/** How long each of several addresses has to answer. Milliseconds. */
const patience = 3000

/** Failures that prove that a server answers there. */
const answers = new Set<ErrorCode>([
  'tls-required',
  'certificate-refused',
  'certificate-changed',
  'host-name-refused',
  'access-refused',
])
const nothingThere = new Set<ErrorCode>(['port-closed', 'server-not-stomp'])

/**
 * @param typed as in {@link parseServerAddress}.
 * @returns the possible addresses, likely ones first; only the typed one if it has a scheme or a port. @throws
 *   {Failure} `url-invalid`
 */
export const addressesOf = (typed: string, fingerprint: string | null): string[] => {
  const text = typed.trim()
  const url = parseServerAddress(text, fingerprint)
  if (text.includes('://') || /^[^/?#]*:\d+(?:[/?#]|$)/.test(text)) return [url]
  const { protocol, hostname, pathname, search } = new URL(url)
  const isPathTyped = /[/?#]/.test(text)
  const usual = usualPlaces.map(
    ({ port, path }) => `${protocol}//${hostname}:${port}${isPathTyped ? pathname + search : path}`,
  )
  return [...usual, url]
}

interface Probe {
  url: string
  /** Null if a WebSocket opened. Never rejects. */
  failure: Promise<AppError | null>
  end: () => void
}

const probe = (sockets: SocketFactory, url: string, fingerprint: string | null): Probe => {
  const socket = sockets.open(url, ['v12.stomp'], fingerprint)
  const failure = new Promise<AppError | null>(resolve => {
    socket.onopen = () => resolve(null)
    socket.onclose = () =>
      resolve(socket.failure ?? { code: 'server-unreachable', params: { host: hostOf(url) } })
  })
  return { url, failure, end: () => socket.terminate() }
}

/** @returns the error to report when none of several addresses works. */
const failureOf = (failures: readonly AppError[], urls: readonly string[]): AppError => {
  const [first = { code: 'server-unreachable' as const }] = failures
  const answered = failures.find(({ code }) => answers.has(code))
  if (answered || urls.length === 1) return answered ?? first
  if (!failures.every(({ code }) => nothingThere.has(code))) return first
  const ports = urls.map(url => new URL(url).port || (url.startsWith('wss:') ? '443' : '80'))
  return {
    code: 'no-server-found',
    params: { name: new URL(urls[0] ?? '').hostname, ports: ports.join(', ') },
  }
}

/** A probe of an address that is known to answer. */
const sure = (url: string): Probe => ({ url, failure: Promise.resolve(null), end: () => undefined })

/**
 * Tries all possible addresses at once, and returns the most likely one at which a WebSocket opens.
 * @param ports `isOwn` tells whether this installation's own host answers there.
 * @returns its address. @throws {Failure} `url-invalid`; for one address the reason why it does not answer; for several
 *   `no-server-found`.
 */
export const findServer = async (
  { sockets, clock, isOwn }: { sockets: SocketFactory; clock: Clock; isOwn: (url: string) => boolean },
  typed: string,
  fingerprint: string | null,
): Promise<string> => {
  const urls = addressesOf(typed, fingerprint)
  const probes = urls.map(url => (isOwn(url) ? sure(url) : probe(sockets, url, fingerprint)))
  const late = new Promise<AppError>(resolve => {
    if (urls.length > 1)
      clock.after(patience, () =>
        resolve({ code: 'server-unreachable', params: { host: shownAddress(typed) } }),
      )
  })
  try {
    const failures: AppError[] = []
    for (const { url, failure } of probes) {
      const found = await Promise.race([failure, late])
      if (found === null) return url
      failures.push(found)
    }
    const { code, params, detail } = failureOf(failures, urls)
    throw new Failure(code, params, detail)
  } finally {
    for (const { end } of probes) end()
  }
}
