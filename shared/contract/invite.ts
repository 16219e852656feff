/** The invitation to a server: a link that can be pasted, opened or shown as a QR code. */
import { z } from 'zod'
import { fingerprintSchema } from './model.ts'

/** What a person needs to join a host. */
export interface Invite {
  /** `ws:` or `wss:` address. */
  url: string
  /** As {@link import('./model.ts').ServerProfile.fingerprint}. */
  fingerprint: string | null
  passcode: string | null
  /** The server's own name for itself. */
  name: string | null
}

/** The scheme of the links that the desktop app opens. */
export const inviteScheme = 'stompbox'
const start = `${inviteScheme}://join?`

/** Longest text that is searched for a link, in UTF-16 units. */
const maxTextLength = 20_000

/** A host without credentials, and no fragment: neither belongs to an address. */
const address = z
  .url({ protocol: /^wss?$/ })
  .max(2000)
  .regex(/^wss?:\/\/[^/?#@\s]+([/?][^#\s]*)?$/i)
const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u)
    .nullable()
    .default(null)

const fieldsSchema = z
  .strictObject({
    url: address,
    fp: fingerprintSchema.nullable().default(null),
    passcode: text(1024),
    name: text(64),
  })
  // A certificate is shown by TLS alone.
  .refine(({ url, fp }) => fp === null || /^wss:/i.test(url))
  .transform(({ fp, ...fields }): Invite => ({ ...fields, fingerprint: fp }))

/** @returns the fields of a query; null if one is there twice or is no UTF-8. */
const fieldsOf = (query: string): Record<string, string> | null => {
  const fields = new Map<string, string>()
  try {
    for (const part of query.split('&')) {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(part) ?? []
      if (fields.has(name)) return null
      fields.set(name, decodeURIComponent(value.replaceAll('+', ' ')))
    }
  } catch {
    return null
  }
  return Object.fromEntries(fields)
}

/**
 * Reads a pasted or opened text: a link, alone or within a message, or the plain address of a server. A link with a field that
 * is unknown, is there twice or makes no sense is none.
 * @returns null if there is no invitation in it.
 */
export const parseInvite = (pasted: string): Invite | null => {
  if (pasted.length > maxTextLength) return null
  // Some systems put a slash between the host and the query. Where other characters begin, the sentence around the link goes on.
  const [, query] = /stompbox:\/\/join\/?\?([\w.~%&=+:/?@-]+)/i.exec(pasted) ?? []
  const fields = query === undefined ? { url: pasted.trim() } : fieldsOf(query)
  return fieldsSchema.safeParse(fields).data ?? null
}

/** Leaves nothing that ends a link in the middle of a sentence. */
const encode = (value: string): string =>
  encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** @returns the link; in ASCII alone. The name comes last, so that a full stop after the link spoils nothing else. */
export const inviteLink = ({ url, fingerprint, passcode, name }: Invite): string =>
  start +
  Object.entries({ url, fp: fingerprint, passcode, name })
    .flatMap(([field, value]) => (value === null ? [] : `${field}=${encode(value)}`))
    .join('&')
