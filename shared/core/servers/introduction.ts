/** What the person's profile has a server told while connecting, with the secrets filled in. */
import { Failure } from '../../contract/errors.ts'
import type { Person, ServerProfile } from '../../contract/model.ts'
import type { Profile } from '../../contract/profile.ts'
import { fillText } from '../../contract/template.ts'
import type { Handshake } from '../ports.ts'
import type { ServerSecrets } from './server-secrets.ts'
import type { ToldToken } from './token.ts'

export interface Introduction {
  /** Headers of CONNECT. */
  connect: Readonly<Record<string, string>>
  handshake: Handshake
}

/** A header or parameter as it is sent. */
type Told = readonly [name: string, value: string]

/** Values may come from a person's name. */
const withoutControls = (text: string): string => text.replace(/[\0-\x1f\x7f]+/g, ' ')

/**
 * @param token of the profile.
 * @returns the introduction. Rejects with `secret-missing` for a secret that the person has not entered yet, and with
 *   the failure of the key store.
 */
export const introduce = async (
  { id, profile }: Pick<ServerProfile, 'id' | 'profile'>,
  person: Person | null,
  secrets: Pick<ServerSecrets, 'secret'>,
  token: ToldToken | null = null,
): Promise<Introduction> => {
  const { connect, identity } = profile
  const values = { user: identity.nickname ?? person?.name ?? '', userId: identity.userId ?? '' }
  const told = (place: 'headers' | 'handshake' | 'query'): Promise<Told[]> =>
    Promise.all(
      connect[place].map(async ({ name, value, secret }: Profile['connect']['headers'][number]) => {
        if (!secret) return [name, withoutControls(fillText(value, values))] as const
        const kept = await secrets.secret(id, `${place}:${name}`)
        if (kept === null) throw new Failure('secret-missing', { name })
        return [name, kept] as const
      }),
    )
  const [headers, handshake, query] = await Promise.all([told('headers'), told('handshake'), told('query')])
  const tokenAt = (place: ToldToken['place']): Told[] =>
    token?.place === place ? [[token.name, token.value]] : []
  return {
    connect: Object.fromEntries([...headers, ...tokenAt('connect')]),
    handshake: {
      headers: Object.fromEntries([...handshake, ...tokenAt('handshake')]),
      query: [...query, ...tokenAt('query')],
    },
  }
}
