/** The token of a profile: where it comes from, when it is renewed, and when the person has to be asked. */
import { Failure, type AppError, type ErrorCode } from '../../contract/errors.ts'
import { parseJsonPath, valueAt } from '../../contract/json-path.ts'
import type { ServerProfile } from '../../contract/model.ts'
import type { Profile } from '../../contract/profile.ts'
import { fillJson, fillText } from '../../contract/template.ts'
import type { Clock, TokenSources } from '../ports.ts'
import type { ServerSecrets } from './server-secrets.ts'

type TokenProfile = NonNullable<Profile['connect']['token']>

/** A token as a server is told it. */
export interface ToldToken extends Pick<TokenProfile, 'place' | 'name'> {
  value: string
}

/** Milliseconds before its end at which a token is renewed. */
const margin = 10_000
/** The longest accepted token, in UTF-16 units. */
const longest = 8192

/** @returns when a JSON Web Token expires, in milliseconds since the epoch; null if it does not say so, or is no such token. */
export const expiryOf = (token: string): number | null => {
  const [, payload = ''] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? []
  try {
    const exp = valueAt(JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))), ['exp'])
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null
  } catch {
    return null
  }
}

/** What a server answers to a token that it does not accept. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['access-refused', 'login-refused'])
/** What may be the answer to an expired token as well: some servers only hang up. */
const silences: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection-lost',
  'server-not-stomp',
  'server-error',
])

export interface TokenOptions {
  clock: Clock
  secrets: Pick<ServerSecrets, 'secret' | 'passcode'>
  /** Undefined where the runtime can't ask for tokens. */
  sources: TokenSources | undefined
}

/** The token of one server, over several sessions. */
export class Token {
  readonly #options: TokenOptions
  /** What was asked for last; a renewable token is used until it expires or is refused. */
  #kept: { token: string; asked: string } | null = null
  /** The token of the last attempt, and whether it was asked for in that attempt. */
  #shown: { token: string; isNew: boolean } | null = null

  constructor(options: TokenOptions) {
    this.#options = options
  }

  /**
   * @param login as in the CONNECT frame.
   * @returns the token; null if the profile has none. Rejects with `token-missing` where the person has to enter it, and
   *   with the failure of its source.
   */
  async told(
    server: Pick<ServerProfile, 'id' | 'profile' | 'url' | 'fingerprint'>,
    login: string,
    user: string,
  ): Promise<ToldToken | null> {
    const profile = server.profile.connect.token
    this.#shown = null
    if (!profile) return null
    const token = (await this.#take(server, profile, { login, user })).trim()
    if (token === '' || token.length > longest || /[\0-\x1f\x7f]/.test(token))
      throw new Failure('token-unusable')
    return { place: profile.place, name: profile.name, value: fillText(profile.value, { token }) }
  }

  /**
   * The server has ended the attempt that got the token, before CONNECTED.
   * @returns the error for the person. A renewable token is renewed once, by the next attempt.
   */
  refused(error: AppError): AppError {
    const shown = this.#shown
    if (!shown) return error
    const expiry = expiryOf(shown.token)
    const isExpired = expiry !== null && expiry <= this.#options.clock.now()
    if (!refusals.has(error.code) && !(isExpired && silences.has(error.code))) return error
    const isRenewable = this.#kept !== null
    this.#kept = null
    if (isRenewable && !shown.isNew)
      return { code: 'connection-lost', ...(error.detail && { detail: error.detail }) }
    const message = error.params?.message ?? error.detail ?? ''
    return {
      ...error,
      code: isExpired ? 'token-expired' : 'token-refused',
      params: { ...error.params, message },
    }
  }

  async #take(
    server: Pick<ServerProfile, 'id' | 'url' | 'fingerprint'>,
    { source }: TokenProfile,
    person: { login: string; user: string },
  ): Promise<string> {
    const { secrets, sources, clock } = this.#options
    if (source.from === 'field') {
      const token = await secrets.secret(server.id, 'token')
      if (token === null) throw new Failure('token-missing')
      this.#shown = { token, isNew: true }
      return token
    }
    const passcode = source.from === 'login' ? ((await secrets.passcode(server.id)) ?? '') : ''
    const asked = JSON.stringify([source, person, passcode])
    const expiry = this.#kept && expiryOf(this.#kept.token)
    if (this.#kept?.asked === asked && (expiry === null || expiry - margin > clock.now())) {
      this.#shown = { token: this.#kept.token, isNew: false }
      return this.#kept.token
    }
    if (!sources) throw new Failure('token-unusable')
    const token =
      source.from === 'command'
        ? await sources.run(source.command)
        : this.#tokenIn(
            await sources.post(source.url, fillJson(source.body, { ...person, passcode }), server),
            source.path,
          )
    this.#kept = { token, asked }
    this.#shown = { token, isNew: true }
    return token
  }

  #tokenIn(answer: string, path: string): string {
    try {
      const found = valueAt(JSON.parse(answer), parseJsonPath(path) ?? [])
      if (typeof found === 'string') return found
    } catch {
      // An answer that is not JSON has no token either.
    }
    throw new Failure('token-unusable')
  }
}
