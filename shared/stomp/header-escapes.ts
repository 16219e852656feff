/** How each version writes line ends, colons and backslashes inside header names and values ("Value Encoding"). */
import { FrameError, type Version } from './frame.ts'

const escapes = { '\\': '\\\\', '\n': '\\n', ':': '\\c', '\r': '\\r' } as const
const isEscaped = (character: string): character is keyof typeof escapes => character in escapes

/** @returns the text as it is written in a header of this version; 1.0 has no escapes, so what would break the line becomes a space. */
export const escapeHeader = (text: string, version: Version): string => {
  if (!/[\\\n:\r]/.test(text)) return text
  if (version === '1.0') return text.replace(/[\n\r]/g, ' ')
  return text.replace(version === '1.1' ? /[\\\n:]/g : /[\\\n:\r]/g, character =>
    isEscaped(character) ? escapes[character] : character,
  )
}

/** @returns the same for a header's name: in 1.0 a colon in it becomes a space too, for it would end the name. */
export const escapeName = (name: string, version: Version): string => {
  const escaped = escapeHeader(name, version)
  return version === '1.0' ? escaped.replaceAll(':', ' ') : escaped
}

/**
 * @returns the text that a header of this version stands for.
 * @throws {FrameError} `bad-escape` where a backslash introduces nothing that the version defines.
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
      `STOMP ${version} defines no escape ${JSON.stringify(sequence)} in a header`,
    )
  })
}
