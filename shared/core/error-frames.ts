/** What an ERROR frame, or a refusal on `/user/queue/errors`, means to the person. */
import { errorCodes, type AppError, type ErrorCode } from '../contract/errors.ts'

/** What fills the sentences of errors about one server. */
export interface Addressee {
  /** Host name and port. */
  host: string
  /** What was sent as `login`. */
  name: string
  /** What was sent as `host`. */
  virtualHost: string
}

/** Headers and body of a frame; of an ERROR here. */
export interface ReceivedFrame {
  headers: Readonly<Record<string, string | undefined>>
  body: string
}

const longestMessage = 300

/** Codes about this computer's disk; where a server says them, they are about its own. */
const local = /^(disk|cache|secrets)-|^(host-failed|internal)$/

const isServersCode = (text: string | undefined): text is ErrorCode =>
  errorCodes.some(code => code === text && !local.test(code))

/**
 * @param code the `code` of a Stompbox host.
 * @param message what the server says, in its own words.
 */
export const refusal = (code: string | undefined, message: string, addressee: Addressee): AppError => ({
  code: isServersCode(code) ? code : 'server-error',
  params: { ...addressee, message: message.slice(0, longestMessage), what: message.slice(0, longestMessage) },
  detail: message.slice(0, longestMessage),
})

/** `message` and the first line of the body; ActiveMQ's further lines are a Java stack trace. */
const wordsOf = ({ headers, body }: ReceivedFrame): string => {
  const summary = headers.message?.trim() ?? ''
  const firstLine = body.trimStart().split('\n', 1)[0]?.trim() ?? ''
  return summary.includes(firstLine)
    ? summary
    : firstLine.includes(summary)
      ? firstLine
      : `${summary}: ${firstLine}`
}

/** What brokers other than Stompbox say while connecting; the first that matches decides. */
const wordings: readonly (readonly [RegExp, ErrorCode])[] = [
  // RabbitMQ "Version mismatch"; ActiveMQ "Supported protocol versions"; Artemis "versions: …"
  [/version/i, 'version-unsupported'],
  // RabbitMQ "Virtual host '/x' access denied"
  [/virtual host|vhost/i, 'virtual-host-unknown'],
  // RabbitMQ "Bad CONNECT", "Access refused"; ActiveMQ "User name [x] or password is invalid."; Artemis "Security Error
  // occurred"; Spring with a refusing interceptor "Failed to send message to ExecutorSubscribableChannel[clientInboundChannel]"
  [
    /bad connect|access (refused|denied)|user ?name|password|passcode|credential|login|authenti|authori[sz]|forbidden|token|security error|clientInboundChannel/i,
    'login-refused',
  ],
]

/** @param connecting whether the frame came instead of CONNECTED. */
export const errorFromFrame = (frame: ReceivedFrame, addressee: Addressee, connecting: boolean): AppError => {
  const words = wordsOf(frame)
  const told = frame.headers.code
  const guessed = connecting ? wordings.find(([wording]) => wording.test(words))?.[1] : undefined
  return refusal(told ?? guessed, words, addressee)
}

/** Errors that trying again does not mend: the person has to change the passcode, the name, the address, the computer's trust. */
const forPerson: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'login-refused',
  'passcode-wrong',
  'passcode-missing',
  'name-taken',
  'input-invalid',
  'virtual-host-unknown',
  'version-unsupported',
  'tls-required',
  'certificate-refused',
  'certificate-changed',
  'url-invalid',
])

/** Those of them that come from the network itself where one has to sign in first, as in a hotel: it answers in the server's place. */
const ofNetwork: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'server-not-stomp',
  'tls-required',
  'certificate-refused',
  'certificate-changed',
])

/** @returns whether it may be over in another network. */
export const maybeOfNetwork = (error: AppError): boolean => ofNetwork.has(error.code)

/**
 * @param reached whether this address was ever a STOMP server: a gateway whose server restarts answers without STOMP, too.
 * @returns whether only the person can mend what keeps the session from connecting.
 */
export const needsPerson = (error: AppError, reached: boolean): boolean =>
  forPerson.has(error.code) || (error.code === 'server-not-stomp' && !reached)
