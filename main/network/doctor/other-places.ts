/** Looks for the WebSocket at other places of a server that answers, but not at this one. Nothing secret is sent there. */
import { isSockJs } from '../sockjs.ts'
import type { Trust } from '../trust.ts'
import { ask } from './ask.ts'
import { isPage } from './answer-facts.ts'
import type { Reached } from './reach.ts'
import { shakeHands } from './secure.ts'
import { withPath, type Way } from './way.ts'

/** Paths of STOMP over WebSocket: Stompbox, RabbitMQ, ActiveMQ, Artemis, and what Spring's guides use. */
const usualPaths = ['/ws', '/stomp', '/ws-stomp', '/websocket', '/stomp/websocket', '/ws/websocket']

const opens = async (url: string, trust: Trust, deadline: number): Promise<boolean> => {
  const answer = await ask(new URL(url), trust, { deadline })
  return answer.kind === 'upgraded' && answer.isWebSocket
}

/** @returns the address of the raw WebSocket of a SockJS endpoint; null where it is none. */
export const webSocketOfSockJs = async (way: Way, trust: Trust, deadline: number): Promise<string | null> => {
  const { url } = way
  if (url.pathname.endsWith('/websocket') || !(await isSockJs(url.href, trust, deadline))) return null
  return withPath(way, url.pathname.replace(/\/*$/, '/websocket'))
}

/** @returns an address on the same server at which a WebSocket opens; null where none of the usual ones does. */
export const usualPlace = async (way: Way, trust: Trust, deadline: number): Promise<string | null> => {
  const places = usualPaths.filter(path => path !== way.url.pathname).map(path => withPath(way, path))
  const found = await Promise.all(places.map(place => opens(place, trust, deadline)))
  return places.find((_place, at) => found[at]) ?? null
}

/** @returns whether the port speaks TLS. */
export const speaksTls = (reached: Reached, deadline: number): Promise<boolean> =>
  shakeHands(reached, deadline).then(
    () => true,
    () => false,
  )

/**
 * @param to where this place redirects; null where it shows a page.
 * @returns whether a path that nobody has made does the same: then something answers for the whole server.
 */
export const isEverywhere = async (
  way: Way,
  trust: Trust,
  deadline: number,
  to: URL | null,
): Promise<boolean> => {
  const path = `/${crypto.randomUUID()}`
  const answer = await ask(new URL(withPath(way, path)), trust, { deadline, protocols: null })
  if (answer.kind !== 'answered') return false
  const { status, headers, body } = answer
  if (to === null) return status === 200 && isPage(body, headers['content-type'] ?? '')
  const target = targetOf(headers.location, way)
  return target?.hostname === to.hostname && target.hostname !== way.url.hostname
}

/** @returns where a redirect leads; null where it leads nowhere. */
export const targetOf = (location: string | undefined, { url }: Way): URL | null => {
  const base = url.href.replace(/^ws/, 'http')
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base) : null
}
