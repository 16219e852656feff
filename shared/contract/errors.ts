/** Errors as part of the product: a code that has a sentence in every language, and the envelope that carries it. */

import { refusalCodes } from '../protocol/refusal-codes.ts'

/** Every error that can reach a person. Each has a text `errors.<code>` in `shared/i18n`. */
export const errorCodes = [
  // refusals of a Stompbox host
  ...refusalCodes,
  // bad input
  'url-invalid',
  'port-invalid',
  'invite-invalid',
  'command-unknown',
  // the way to a server
  'server-unreachable',
  'no-server-found',
  'port-closed',
  'firewall-suspected',
  'firewall-here',
  'subnet-other',
  'vpn-suspected',
  'host-away',
  'name-unknown',
  'route-missing',
  'server-not-stomp',
  /** `params`: the `location` that the server names. */
  'redirected',
  'connection-lost',
  'server-hangs-up',
  'not-confirmed',
  'host-name-refused',
  'tls-required',
  'certificate-refused',
  'certificate-changed',
  /** `params`: the server's `name`, and its identity `before` and `after`, each a fingerprint or an address. */
  'server-other',
  /** The address is that of the host of this installation, which has a profile of its own. */
  'server-own',
  'login-refused',
  'access-refused',
  /** `params`: the `name` of the header or parameter. */
  'secret-missing',
  'token-missing',
  'token-expired',
  /** `params`: the server's `message`. */
  'token-refused',
  /** What was printed or answered is no token. */
  'token-unusable',
  /** `params`: the program's `message`. */
  'token-command-failed',
  /** `params`: the server's `message`. */
  'token-login-failed',
  /** The rooms of a profile's web address. `params`: its `url`, and the `message` that says why. */
  'rooms-unlisted',
  'virtual-host-unknown',
  'version-unsupported',
  'frame-too-large',
  'delivery-too-large',
  'too-many-subscriptions',
  'server-error',
  /** Not an error: what the server says at a destination of the profile. `params`: its `name` and the `text`. */
  'server-notice',
  'offline',
  // this computer
  'port-in-use',
  'port-forbidden',
  'address-invalid',
  'passcode-missing',
  'passcode-short',
  'disk-readonly',
  'cache-corrupt',
  'cache-newer',
  'cache-locked',
  'host-failed',
  'certificate-invalid',
  'file-unreadable',
  'file-broken',
  'file-exists',
  'task-running',
  'secrets-unavailable',
  'secrets-locked',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** An error as it travels between processes: plain data. `params` fill the sentence; `detail` is for the log and the curious. */
export interface AppError {
  code: ErrorCode
  params?: Record<string, string | number>
  detail?: string
}

/** What every command answers. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; error: AppError }

const detailOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : JSON.stringify(thrown)

/** Thrown inside a process; becomes an {@link AppError} at its border. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly error: AppError

  constructor(code: ErrorCode, params?: AppError['params'], cause?: unknown) {
    super(code, { cause })
    this.error = {
      code,
      ...(params && { params }),
      ...(cause !== undefined && { detail: detailOf(cause) }),
    }
  }
}

/** @returns `thrown` as an error that may cross a border between processes; anything but a {@link Failure} becomes `internal`. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof Failure ? thrown.error : { code: 'internal', detail: detailOf(thrown) }
