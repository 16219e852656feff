/** The head of a frame as text: its command and header lines. */
import { FrameError, type FrameLimits, type Version } from './frame.ts'
import { escapeHeader, escapeName, unescapeHeader } from './header-escapes.ts'

/** CONNECT and CONNECTED precede the version negotiation, so they are never escaped (STOMP 1.2, "Value Encoding"). */
const isUnescaped = (command: string): boolean =>
  command === 'CONNECT' || command === 'CONNECTED' || command === 'STOMP'

/**
 * @returns header lines, each with its line end, escaped for the version. 1.0 drops a header whose name consists of spaces.
 */
export const formatHeaders = (headers: Iterable<readonly [string, string]>, version: Version): string => {
  let lines = ''
  for (const [name, value] of headers) {
    const written = escapeName(name, version)
    if (version !== '1.0' || written.trim() !== '') lines += `${written}:${escapeHeader(value, version)}\n`
  }
  return lines
}

/** @returns the part of a frame before its body: command, header lines and the blank line. */
export const formatHead = (
  command: string,
  headers: Iterable<readonly [string, string]>,
  version: Version,
): string => {
  const lines = formatHeaders(headers, isUnescaped(command) ? '1.0' : version)
  return `${command}\n${lines}\n`
}

const withoutCarriageReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

const utf8 = new TextEncoder()
/** @returns whether the text exceeds `bytes` as UTF-8, where a UTF-16 unit has at most three bytes. */
const isLonger = (text: string, bytes: number): boolean =>
  text.length * 3 > bytes && utf8.encode(text).length > bytes

/**
 * In JavaScript engines a substring may keep the whole string in memory. Beyond this length the headers are copied, so that keeping one
 * (a destination, an id) does not keep the whole head. Characters.
 */
const largeHead = 1024
const fromUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const copy = (text: string): string => fromUtf8.decode(utf8.encode(text))
const asItIs = (text: string): string => text

const noName = (before: number): FrameError =>
  new FrameError('bad-header', `Header line ${before + 1} has no name`)

/**
 * Parses a head, up to its blank line. A carriage return before a line feed belongs to the line end in every version, as in RabbitMQ; 1.0
 * allows spaces around names and values.
 * @throws {FrameError} for malformed input, or if a limit is exceeded.
 */
export const parseHead = (
  text: string,
  version: Version,
  limits: FrameLimits,
): { command: string; headers: Map<string, string> } => {
  let lineEnd = text.indexOf('\n')
  const command = withoutCarriageReturn(text.slice(0, lineEnd))
  if (!/^[A-Z]{1,16}$/.test(command)) throw new FrameError('bad-command', 'This is not a STOMP frame')
  const escaping = isUnescaped(command) ? '1.0' : version
  const headers = new Map<string, string>()
  const copyPart = text.length > largeHead ? copy : asItIs
  for (;;) {
    const lineStart = lineEnd + 1
    lineEnd = text.indexOf('\n', lineStart)
    const line = withoutCarriageReturn(text.slice(lineStart, lineEnd))
    if (line === '') return { command, headers }
    const colon = line.indexOf(':')
    if (colon < 1) throw noName(headers.size)
    if (isLonger(line.slice(0, colon), limits.headerNameLength))
      throw new FrameError(
        'header-too-long',
        `A header's name is longer than ${limits.headerNameLength} bytes`,
      )
    let name = unescapeHeader(line.slice(0, colon), escaping)
    let value = unescapeHeader(line.slice(colon + 1), escaping)
    if (version === '1.0') {
      name = name.trim()
      value = value.trim()
      if (name === '') throw noName(headers.size)
    }
    if (!headers.has(name)) headers.set(copyPart(name), copyPart(value))
  }
}
