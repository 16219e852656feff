/** Translates ERROR frames, and refusals on `/user/queue/errors`, into errors for the person. */
import { errorCodes, type AppError, type ErrorCode } from '../../contract/errors.ts'
import type { ReceivedFrame } from './dialect.ts'

/** The values in sentences about one server. */
export interface Addressee {
  /** Host name and port. */
  host: string
  /** The `login` that was sent. */
  name: string
  /** The `host` that was sent. */
  virtualHost: string
}

const longestMessage = 300

/** Codes about this computer's disk; from a server they would be about its own. */
const local = /^(disk|cache|secrets)-|^(host-failed|internal)$/

const isServersCode = (text: string | undefined): text is ErrorCode =>
  errorCodes.some(code => code === text && !local.test(code))

/**
 * @param code the `code` of a Stompbox host.
 * @param message the server's own words.
 */
export const refusal = (code: string | undefined, message: string, addressee: Addressee): AppError => ({
  code: isServersCode(code) ? code : 'server-error',
  params: { ...addressee, message: message.slice(0, longestMessage), what: message.slice(0, longestMessage) },
  detail: message.slice(0, longestMessage),
})

/** `message` and the first line of the body; further lines of ActiveMQ are a Java stack trace. */
const wordsOf = ({ headers, body }: ReceivedFrame): string => {
  const summary = headers.message?.trim() ?? ''
  const firstLine = body.trimStart().split('\n', 1)[0]?.trim() ?? ''
  return summary.includes(firstLine)
    ? summary
    : firstLine.includes(summary)
      ? firstLine
      : `${summary}: ${firstLine}`
}

/** Errors of other brokers while connecting; the first match decides. */
const wordings: readonly (readonly [RegExp, ErrorCode])[] = [
  // RabbitMQ "Access refused for user 'x'"; ActiveMQ "User name [x] or password is invalid."; Artemis "AMQ229031: Unable to validate user"
  [/access refused for user|user name .* password is invalid|AMQ229031/i, 'login-refused'],
  // RabbitMQ "Version mismatch", "Supported versions are"; ActiveMQ "Supported protocol versions"; Artemis "versions not supported: …"
  [/version mismatch|supported (protocol )?versions|versions not supported/i, 'version-unsupported'],
  [
    /\blimit|too many|quota|overload|\bbusy|shut(ting)? ?down|unavailable|starting|try again|timed? ?out/i,
    'server-error',
  ],
  // RabbitMQ "Virtual host '/x' access denied": also if it accepts no more connections.
  [/virtual host|vhost/i, 'virtual-host-unknown'],
  // Spring "Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]": an interceptor refuses it, or
  // the server is shutting down or overloaded.
  [
    /bad connect|access (refused|denied)|user ?name|password|passcode|credential|login|authenti|authori[sz]|forbidden|token|security error|clientInboundChannel/i,
    'access-refused',
  ],
]

/** @param connecting whether the frame came instead of CONNECTED. */
export const errorFromFrame = (frame: ReceivedFrame, addressee: Addressee, connecting: boolean): AppError => {
  if (!connecting) return refusal(frame.headers.code, wordsOf(frame), addressee)
  const words = wordsOf(frame)
  return refusal(
    frame.headers.code ?? wordings.find(([wording]) => wording.test(words))?.[1],
    words,
    addressee,
  )
}

/**
 * Errors that another attempt can't fix: the person has to change the passcode, the name, the address, or what this
 * computer trusts.
 */
const forPerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-own',
  'login-refused',
  'passcode-wrong',
  'passcode-missing',
  'secret-missing',
  'token-missing',
  'token-expired',
  'token-refused',
  'token-unusable',
  'token-command-failed',
  'token-login-failed',
  'name-taken',
  'input-invalid',
  'version-unsupported',
  'tls-required',
  'certificate-refused',
  'certificate-changed',
  'url-invalid',
])

/**
 * Uncertain errors: a server that has accepted this person before may report the same while it is overloaded or
 * restarting, and so may a gateway in front of it.
 */
const uncertain: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-not-stomp',
  'redirected',
  'access-refused',
  'virtual-host-unknown',
])

/** Errors from a network that answers in place of the server until the person signs in, as in a hotel. */
const ofNetwork: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'token-command-failed',
  'token-login-failed',
  'server-not-stomp',
  'redirected',
  'access-refused',
  'tls-required',
  'certificate-refused',
  'certificate-changed',
])

/** @returns whether the error may disappear in another network. */
export const maybeOfNetwork = (error: AppError): boolean => ofNetwork.has(error.code)

/** Errors of a server that is switched off; being off explains them. */
const absences: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'server-unreachable',
  'port-closed',
  'firewall-suspected',
  'host-away',
])

/** @returns whether there was no answer. */
export const isAbsence = (error: AppError): boolean => absences.has(error.code)

/**
 * @param letIn whether this server has accepted this person before, with the same name and passcode.
 * @returns whether only the person can fix the error.
 */
export const needsPerson = (error: AppError, letIn: boolean): boolean =>
  forPerson.has(error.code) || (uncertain.has(error.code) && !letIn)
