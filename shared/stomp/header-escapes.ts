/** Escapes of line ends, colons and backslashes in header names and values, by version (STOMP 1.2, "Value Encoding"). */
import { FrameError, type Version } from './frame.ts'

const escapes = { '\\': '\\\\', '\n': '\\n', ':': '\\c', '\r': '\\r' } as const
const isEscaped = (character: string): character is keyof typeof escapes => character in escapes

/** @returns the text escaped for a header value. 1.0 has no escapes: characters that would break the line become spaces. */
export const escapeHeader = (text: string, version: Version): string => {
  if (!/[\\\n:\r]/.test(text)) return text
  if (version === '1.0') return text.replace(/[\n\r]/g, ' ')
  return text.replace(version === '1.1' ? /[\\\n:]/g : /[\\\n:\r]/g, character =>
    isEscaped(character) ? escapes[character] : character,
  )
}

/** @returns the text escaped for a header name. In 1.0 a colon, which would end the name, becomes a space too. */
export const escapeName = (name: string, version: Version): string => {
  const escaped = escapeHeader(name, version)
  return version === '1.0' ? escaped.replaceAll(':', ' ') : escaped
}

/**
 * @returns the unescaped text of a header.
 * @throws {FrameError} `bad-escape` for an escape that the version does not define.
 */
export const unescapeHeader = (text: string, version: Version): string => {
  if (version === '1.0' || !text.includes('\\')) return text
  return text.replace(/\\([^]?)/g, (sequence, letter: string) => {
    if (letter === 'n') return '\n'
    if (letter === 'c') return ':'
    if (letter === '\\') return '\\'
    if (letter === 'r' && version === '1.2') return '\r'
    throw new FrameError(
      'bad-escape',
      `STOMP ${version} does not define the escape ${JSON.stringify(sequence)}`,
    )
  })
}
