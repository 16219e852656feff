/** The media type of a file, told from its first bytes and never from its name or from what the sender says. */

/** How many of the first bytes are looked at. */
export const signatureBytes = 16

/** Returned for everything else: also for HTML, SVG and other text, which a browser would run. */
const unknownType = 'application/octet-stream'

/** Signatures in hexadecimal digits, `.` for any digit. https://mimesniff.spec.whatwg.org/ and the formats' own specifications. */
const signatures: readonly [pattern: RegExp, type: string][] = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638(37|39)61/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
  [/^.{8}66747970(61766966|61766973)/, 'image/avif'],
  [/^255044462d/, 'application/pdf'],
  [/^.{8}66747970/, 'video/mp4'],
  [/^1a45dfa3/, 'video/webm'],
  [/^4f67675300/, 'audio/ogg'],
  [/^52494646.{8}57415645/, 'audio/wav'],
  [/^494433|^fff[b3a2]/, 'audio/mpeg'],
  [/^664c6143/, 'audio/flac'],
  [/^504b0304/, 'application/zip'],
]

/** @param head the first {@link signatureBytes} bytes, or all of a shorter file. @returns its media type. */
export const contentTypeOf = (head: Buffer): string => {
  const digits = head.toString('hex')
  return signatures.find(([pattern]) => pattern.test(digits))?.[1] ?? unknownType
}
