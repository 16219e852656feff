/** The secrets that are typed into a profile's form. They go to the key store, and never into the profile. */
import type { ProfileIssue } from '../../../shared/contract/profile.ts'
import type { ProfileDraft } from './draft.ts'

interface TypedSecret {
  /** Its name in the key store, as `secretSlots` gives it. */
  slot: string
  /** The path of its field. */
  path: readonly (string | number)[]
  value: string
}

/** @returns the secrets that a draft asks for, with what is typed for them. */
const secretsOf = ({ connect }: ProfileDraft): TypedSecret[] => [
  ...(['headers', 'handshake', 'query'] as const).flatMap(place =>
    connect[place].flatMap(({ name, value, secret }, row) =>
      secret
        ? [{ slot: `${place}:${name.trim()}`, path: ['connect', place, row, 'value'], value: value.trim() }]
        : [],
    ),
  ),
  ...(connect.token.source.from === 'field'
    ? [
        {
          slot: 'token',
          path: ['connect', 'token', 'source', 'secret'],
          value: connect.token.source.secret.trim(),
        },
      ]
    : []),
]

/** @returns the typed secrets by their names in the key store. */
export const typedSecrets = (draft: ProfileDraft): Record<string, string> =>
  Object.fromEntries(
    secretsOf(draft)
      .filter(({ value }) => value !== '')
      .map(({ slot, value }) => [slot, value]),
  )

/** @returns the secrets that are neither typed nor kept. @param kept the names of the kept ones. */
export const missingSecrets = (draft: ProfileDraft, kept: readonly string[]): ProfileIssue[] =>
  secretsOf(draft)
    .filter(({ slot, value }) => value === '' && !kept.includes(slot))
    .map(({ path }) => ({ path, problem: 'missing' }))
