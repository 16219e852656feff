/** STOMP frames, versions 1.0 to 1.2 (https://stomp.github.io/stomp-specification-1.2.html). */

/** Versions that Stompbox speaks, highest first. */
export const versions = ['1.2', '1.1', '1.0'] as const
export type Version = (typeof versions)[number]

/** One frame. Headers are unescaped; the first of repeated ones counts. */
export interface Frame {
  command: string
  headers: ReadonlyMap<string, string>
  body: Uint8Array
}

/** Limits of a decoder; a frame that exceeds one is a {@link FrameError}. */
export interface FrameLimits {
  /** Bytes of a whole frame, from its command to the NUL after its body. */
  frameBytes: number
  /** Number of header lines. */
  headers: number
  /** Bytes of one header line, name and value. */
  headerBytes: number
  /** Bytes of a header's name, as written. */
  headerNameLength: number
}

/** What can be wrong with a frame. */
export const frameErrorCodes = [
  'frame-too-large',
  'too-many-headers',
  'header-too-long',
  'nul-in-header',
  'bad-utf8',
  'bad-command',
  'bad-header',
  'bad-escape',
  'bad-content-length',
] as const
export type FrameErrorCode = (typeof frameErrorCodes)[number]

/** The bytes are not a STOMP frame, or exceed a limit. The message is a sentence for the peer. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
  readonly code: FrameErrorCode

  constructor(code: FrameErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
