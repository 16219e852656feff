/** Tokens with which a person uses one file over HTTP for a short time. The host keeps none of them: it signs them. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a token is valid. Milliseconds. A request that has begun goes on. */
const validFor = 15 * 60 * 1_000

/** The person and the file of a token. */
export interface Grant {
  fileId: string
  personId: string
}

export interface Tokens {
  /** @returns a token, and the time until which it is valid (milliseconds since the epoch). */
  issue(grant: Grant): { token: string; expiresAt: number }
  /** @returns what was granted; null for a token that is forged, damaged or too old. */
  read(token: string): Grant | null
}

/** The longest accepted token: the ids have 64 characters at most. */
const longest = 512

/** @param now the clock, in milliseconds since the epoch. The key lives as long as the host runs. */
export const createTokens = (now: () => number): Tokens => {
  const key = randomBytes(32)
  const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest()
  return {
    issue: ({ fileId, personId }) => {
      const expiresAt = now() + validFor
      const payload = Buffer.from([fileId, expiresAt, personId].join(' ')).toString('base64url')
      return { token: `${payload}.${sign(payload).toString('base64url')}`, expiresAt }
    },
    read: token => {
      if (token.length > longest) return null
      const [payload = '', given = ''] = token.split('.')
      const signature = Buffer.from(given, 'base64url')
      const right = sign(payload)
      if (signature.length !== right.length || !timingSafeEqual(signature, right)) return null
      const [fileId = '', expiresAt = '', ...rest] = Buffer.from(payload, 'base64url').toString().split(' ')
      return Number(expiresAt) > now() ? { fileId, personId: rest.join(' ') } : null
    },
  }
}
