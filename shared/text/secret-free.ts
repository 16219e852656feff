/** Takes secrets out of text that a person may copy into a report, or that goes into the log. */

const hidden = '•••'

/** The parts of a URL that may hold a secret: credentials, values of the query, and the fragment. */
const credentials = /^((?:[a-z][a-z0-9+.-]*:\/\/)?)[^/?#]*@/i
const queryValue = /([?&][^=&#]*=)[^&#]+/g
const fragment = /#.+$/s

/** @returns an address, of any scheme and even an invalid one, as it may be shown: without credentials, and without values in its query. */
export const shownAddress = (url: string): string =>
  url.replace(credentials, `$1${hidden}@`).replace(fragment, `#${hidden}`).replace(queryValue, `$1${hidden}`)

/** JSON Web Tokens, and the tokens of an Authorization header. */
const tokens = /\beyJ[\w-]+\.[\w-]*(?:\.[\w-]*){0,3}|(?<=\b(?:Bearer|Basic|Token) )[\w+/=.~-]{8,}/gi

/** Shorter ones occur by accident. */
const shortestSecret = 3

/**
 * @param text such as a server's words.
 * @param secrets what was sent to it.
 * @returns the text without those secrets, and without what looks like a token.
 */
export const withoutSecrets = (text: string, secrets: readonly (string | null)[] = []): string =>
  secrets
    .filter(secret => secret !== null)
    .filter(({ length }) => length >= shortestSecret)
    .reduce((shown, secret) => shown.replaceAll(secret, hidden), text)
    .replace(tokens, hidden)

/** @returns the values in the query of an address, as they are and decoded, for {@link withoutSecrets}. */
export const secretsOfAddress = (url: string): string[] =>
  [...url.replace(fragment, '').matchAll(/[?&][^=&]*=([^&]+)/g)].flatMap(([, value = '']) => {
    try {
      return [value, decodeURIComponent(value)]
    } catch {
      return [value]
    }
  })
