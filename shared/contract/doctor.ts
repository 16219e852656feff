/** What the doctor says about a connection: the steps from the name to the echo, as plain data without secrets. */
import { z } from 'zod'
import type { AppError, ErrorCode } from './errors.ts'
import { fingerprintSchema, roomKeySchema, serverIdSchema, type RoomKey } from './model.ts'

/** The steps of a check, in their order. A server over TCP has no `upgrade`, one without TLS no `tls`. */
export const stepNames = ['dns', 'tcp', 'tls', 'upgrade', 'connect', 'subscribe', 'echo'] as const
export type StepName = (typeof stepNames)[number]

/** Problems that only the doctor can name. Each has a sentence `doctor.problem.<code>` in `shared/i18n`. */
export type Finding =
  | 'proxy-needed'
  | 'tls-missing'
  | 'tls-failed'
  | 'certificate-self-signed'
  | 'certificate-unknown'
  | 'certificate-expired'
  | 'certificate-early'
  | 'certificate-other-name'
  | 'sockjs-found'
  | 'path-other'
  | 'path-unknown'
  | 'web-page'
  | 'captive-portal'
  | 'redirected'
  | 'sign-in-needed'
  | 'token-needed'
  | 'proxy-sign-in'
  | 'upgrade-removed'
  | 'gateway-down'
  | 'server-silent'
  | 'subprotocol-missing'
  | 'subscription-silent'
  | 'subscription-refused'
  | 'subscription-not-tried'
  | 'room-missing'
  | 'test-not-sent'
  | 'test-refused'
  | 'echo-missing'

/** As {@link AppError}, with the doctor's own codes. */
export type Problem = Omit<AppError, 'code'> & { code: ErrorCode | Finding }

/** Names of facts; each has a label `doctor.fact.<term>` in `shared/i18n`. */
export type FactTerm =
  | 'address'
  | 'tried'
  | 'error'
  | 'proxy'
  | 'protocol'
  | 'subject'
  | 'issuer'
  | 'names'
  | 'valid'
  | 'wrong'
  | 'fingerprint'
  | 'expected'
  | 'status'
  | 'header'
  | 'body'
  | 'version'
  | 'server'
  | 'heartBeat'
  | 'login'
  | 'virtualHost'
  | 'message'
  | 'close'
  | 'destination'

/** What is wrong with a certificate: the values of the fact `wrong`. */
export const certificateFaults = [
  'selfSigned',
  'unknown',
  'expired',
  'early',
  'otherName',
  'changed',
] as const
export type CertificateFault = (typeof certificateFaults)[number]

/** One thing that was seen. Bounded, without control characters and without secrets. */
export interface Fact {
  term: FactTerm
  value: string
}

/** The fields of a server that a cure leads to. */
export type ServerField = 'url' | 'passcode' | 'token' | 'virtualHost' | 'destinations'

/** What mends a problem, with one click. An address in it has no query, which may hold a token. */
export type Cure =
  | { kind: 'useAddress'; url: string }
  | { kind: 'trustCertificate'; fingerprint: string }
  | { kind: 'openPage'; url: string }
  | { kind: 'editServer'; field: ServerField }
  | { kind: 'changeName' }
  /** Carries out the check again, with a test message to this room. */
  | { kind: 'sendTest'; room: RoomKey }

/** `warned`: the connection works, and something about it could be better. `skipped`: not tried, and `problem` says why. */
export type StepOutcome = 'passed' | 'warned' | 'failed' | 'skipped'

export interface Step {
  name: StepName
  /** Milliseconds. */
  took: number
  outcome: StepOutcome
  /** Null where the step passed. */
  problem: Problem | null
  facts: Fact[]
  cure: Cure | null
}

/** Longest text that the echo step sends, in UTF-16 units. */
const longestTest = 200

/** What to check: a saved server with the person's credentials, or an address, which gets none. */
export const checkTargetSchema = z.union([
  z.strictObject({
    serverId: serverIdSchema,
    /** Sends this text to a room, and waits for its echo. Others can read it, so that the person has to ask for it. */
    test: z.strictObject({ room: roomKeySchema, text: z.string().trim().min(1).max(longestTest) }).nullable(),
  }),
  z.strictObject({
    /** As it was typed. */
    url: z.string().trim().min(1).max(2000),
    fingerprint: fingerprintSchema.nullable(),
  }),
])
export type CheckTarget = z.input<typeof checkTargetSchema>
