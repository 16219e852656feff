/** Step `upgrade`: whether a WebSocket opens, and if not, what answers instead. */
import type { Cure, Fact, Problem } from '../../../shared/contract/doctor.ts'
import { secretsOfAddress, shownAddress } from '../../../shared/text/secret-free.ts'
import type { Handshake } from '../../../shared/core/ports.ts'
import { withQuery } from '../handshake.ts'
import { failureOfAnswer } from '../socket-failure.ts'
import type { Trust } from '../trust.ts'
import { factsOfAnswer, isPage } from './answer-facts.ts'
import { ask, type Answer } from './ask.ts'
import { fact, failed, passed, warned, type Found } from '../../../shared/core/doctor/found.ts'
import { isEverywhere, speaksTls, targetOf, usualPlace, webSocketOfSockJs } from './other-places.ts'
import type { Reached } from './reach.ts'
import { withScheme, type Way } from './way.ts'

/** Everything that a judgement needs. */
interface Case {
  reached: Reached
  way: Way
  trust: Trust
  /** Milliseconds. */
  deadline: number
}

interface Verdict {
  problem: Problem
  cure: Cure | null
}

type Answered = Extract<Answer, { kind: 'answered' }>

const verdict = (problem: Problem, cure: Cure | null = null): Verdict => ({ problem, cure })
const useAddress = (url: string): Cure => ({ kind: 'useAddress', url })
const editUrl: Cure = { kind: 'editServer', field: 'url' }
const editPasscode: Cure = { kind: 'editServer', field: 'passcode' }

const redirects = new Set([301, 302, 303, 307, 308])
const signInPath = /log[_-]?in|sign[_-]?in|\bauth|oauth|sso|account|openid|saml/i

/** @returns the address of a page without its query. */
const pageOf = ({ origin, pathname }: URL): string => `${origin}${pathname}`

const judgeRedirect = async ({ way, trust, deadline }: Case, { headers }: Answered): Promise<Verdict> => {
  const { host } = way
  const to = targetOf(headers.location, way)
  if (!to || !/^https?:$/.test(to.protocol))
    return verdict({ code: 'server-not-stomp', params: { host } }, editUrl)
  const params = { host, to: shownAddress(pageOf(to)) }
  const openPage: Cure = { kind: 'openPage', url: pageOf(to) }
  if (signInPath.test(to.pathname + to.hostname)) return verdict({ code: 'sign-in-needed', params }, openPage)
  if (await isEverywhere(way, trust, deadline, to))
    return verdict({ code: 'captive-portal', params }, openPage)
  return verdict({ code: 'redirected', params }, useAddress(pageOf(to).replace(/^http/, 'ws')))
}

const judgeUnauthorized = ({ way: { host } }: Case, { headers }: Answered): Verdict => {
  const scheme = headers['www-authenticate']?.split(' ', 1)[0] ?? ''
  return /^bearer$/i.test(scheme)
    ? verdict({ code: 'token-needed', params: { host } }, { kind: 'editServer', field: 'token' })
    : verdict({ code: 'sign-in-needed', params: { host, to: host } }, editPasscode)
}

/** The words of servers to which a gateway hands the request without its `Upgrade` header (Spring, ws, Jetty). */
const upgradeRemoved =
  /can "?upgrade"? only to "?websocket|upgrade required|not a websocket|missing.*upgrade/i
/** The words of servers that want TLS at this port (nginx, Go, Tomcat). */
const wantsTls = /https? request (was sent )?to (an )?https|requires TLS/i

const isPlace = ({ status }: Answered): boolean =>
  ![401, 403, 407, 421, 429, 511].includes(status) && status < 500

/** The verdict about a status that leaves no doubt; null for any other. */
const byStatus = (known: Case, answer: Answered): Verdict | null => {
  const { way } = known
  const { host } = way
  const { status, headers, body } = answer
  const page: Cure = { kind: 'openPage', url: `http${way.tls ? 's' : ''}://${host}/` }
  if (status === 401) return judgeUnauthorized(known, answer)
  if (status === 407) return verdict({ code: 'proxy-sign-in', params: { host } })
  if (status === 511) return verdict({ code: 'captive-portal', params: { host, to: host } }, page)
  if (status === 426 && headers.upgrade?.startsWith('TLS/'))
    return verdict({ code: 'tls-required', params: { host } }, useAddress(withScheme(way, 'wss')))
  if (status === 426 || (status === 400 && upgradeRemoved.test(body)))
    return verdict({ code: 'upgrade-removed', params: { host } })
  if (status >= 502 && status <= 504) return verdict({ code: 'gateway-down', params: { host, status } })
  return null
}

/** The verdict about an answer from another place than the WebSocket's. */
const judgePlace = async (known: Case, { status, headers, body }: Answered): Promise<Verdict> => {
  const { way, trust, deadline } = known
  const { host } = way
  const place = await usualPlace(way, trust, deadline)
  if (place !== null) return verdict({ code: 'path-other', params: { host, url: place } }, useAddress(place))
  const path = way.url.pathname
  if (status !== 200 || !isPage(body, headers['content-type'] ?? '')) {
    const code = status === 404 ? 'path-unknown' : 'server-not-stomp'
    return verdict({ code, params: { host, path } }, editUrl)
  }
  if (!(await isEverywhere(way, trust, deadline, null)))
    return verdict({ code: 'web-page', params: { host, path } }, editUrl)
  const url = `http${way.tls ? 's' : ''}://${host}/`
  return verdict({ code: 'captive-portal', params: { host, to: host } }, { kind: 'openPage', url })
}

const judgeAnswer = async (known: Case, answer: Answered): Promise<Verdict> => {
  const { reached, way, deadline } = known
  if (redirects.has(answer.status)) return judgeRedirect(known, answer)
  const clear = byStatus(known, answer)
  if (clear) return clear
  const hasTls = wantsTls.test(answer.body) || (answer.status === 400 && (await speaksTls(reached, deadline)))
  if (!way.tls && hasTls)
    return verdict({ code: 'tls-required', params: { host: way.host } }, useAddress(withScheme(way, 'wss')))
  if (isPlace(answer)) return judgePlace(known, answer)
  const problem = failureOfAnswer({ statusCode: answer.status, headers: answer.headers }, way.host)
  return verdict(problem, problem.code === 'access-refused' ? editPasscode : null)
}

/** The verdict about a connection on which no HTTP answer came. */
const judgeSilence = async (
  { reached, way, deadline }: Case,
  answer: Extract<Answer, { kind: 'failed' | 'silent' }>,
): Promise<Verdict> => {
  const { host } = way
  if (!way.tls && (await speaksTls(reached, deadline)))
    return verdict({ code: 'tls-required', params: { host } }, useAddress(withScheme(way, 'wss')))
  if (answer.kind === 'silent') return verdict({ code: 'server-silent', params: { host } })
  if (answer.code === 'certificate-changed') return verdict({ code: answer.code, params: { host } })
  return verdict({ code: 'server-not-stomp', params: { host } }, editUrl)
}

const judgeUpgraded = (
  { way: { host } }: Case,
  { isWebSocket, protocol }: Extract<Answer, { kind: 'upgraded' }>,
  facts: Fact[],
): Found<true> => {
  if (!isWebSocket) return failed({ code: 'server-not-stomp', params: { host } }, facts, editUrl)
  if (protocol === null) return warned(true, { code: 'subprotocol-missing', params: { host } }, facts)
  if (/^v1\d\.stomp$/.test(protocol)) return passed(true, facts)
  return failed({ code: 'server-not-stomp', params: { host } }, facts, editUrl)
}

/**
 * @param trust as for the WebSocket, so that the address is only shown to a trusted server.
 * @param handshake of the server's profile; sent to its own address only.
 * @param deadline of each request. Milliseconds.
 */
export const upgrade = async (
  reached: Reached,
  trust: Trust,
  { headers, query }: Handshake,
  deadline: number,
): Promise<Found<true>> => {
  const { way } = reached
  const known: Case = { reached, way, trust, deadline }
  const url = withQuery(way.url.href, query)
  const secrets = [...secretsOfAddress(url), ...Object.values(headers)]
  const answer = await ask(new URL(url), trust, { deadline, headers })
  const facts = [fact('address', shownAddress(way.url.href)), ...factsOfAnswer(answer, secrets)]
  if (answer.kind === 'upgraded') return judgeUpgraded(known, answer, facts)
  const raw = answer.kind === 'answered' ? await webSocketOfSockJs(way, trust, deadline) : null
  if (raw !== null) {
    const problem: Problem = { code: 'sockjs-found', params: { host: way.host, url: raw } }
    return warned(true, problem, facts, useAddress(raw))
  }
  const { problem, cure } =
    answer.kind === 'answered' ? await judgeAnswer(known, answer) : await judgeSilence(known, answer)
  return failed(problem, facts, cure)
}
