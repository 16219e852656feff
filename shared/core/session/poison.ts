/**
 * Finds the frame that makes a server end the connection: a message larger than it takes, a destination that its user may not use. Without
 * this the client would connect, send the frame and lose the connection for ever, and everything behind the frame would wait.
 */
import type { AppError } from '../../contract/errors.ts'

/** Equal ends in a row after which frames go one at a time. */
const suspicious = 2
/** Destinations that are remembered as refused. */
const mostRefused = 1000

/** A frame as it is known over sessions. */
export interface SentFrame {
  command: 'SEND' | 'SUBSCRIBE'
  destination: string
  /** Empty for SUBSCRIBE. */
  body: string | Uint8Array
}

/** A frame that ends the connection, and what its sender is told. */
export interface Culprit {
  frame: SentFrame
  error: AppError
}

/**
 * What one server has done over several sessions. Nothing of it outlives the app: after a restart every room is tried again, because its
 * server may have been mended, and one that has not costs a few attempts to connect. A message that is to blame stays marked as failed.
 */
export interface Poison {
  /** @returns whether each frame has to wait for the answer to the one before. */
  isSuspected: () => boolean
  /** @returns why the server is not asked for this destination any more; undefined where it is. */
  refusal: (destination: string) => AppError | undefined
  /**
   * The server has ended a session that was online.
   * @param end why, as far as it is known.
   * @param suspects the frames that it may have ended for, as {@link import('./receipts.ts').Receipts.suspects}.
   * @returns the one that is to blame; null where that is not certain.
   */
  ended: (end: AppError, suspects: readonly SentFrame[]) => Culprit | null
  /** The server has refused this SUBSCRIBE by name, and ended the connection. */
  refuse: (destination: string, error: AppError) => void
  /** One at a time, all frames have got through. */
  cleared: () => void
  /** The person wants it tried again. */
  retry: (destination: string) => void
  /** The server is another one from now on, or the person somebody else there. */
  forget: () => void
}

const isSameBody = (a: SentFrame['body'], b: SentFrame['body']): boolean =>
  typeof a === 'string' || typeof b === 'string'
    ? a === b
    : a.length === b.length && a.every((byte, at) => byte === b[at])

/** @returns whether both are the same frame, sent twice. */
export const isSameFrame = (a: SentFrame, b: SentFrame | null): boolean =>
  a.command === b?.command && a.destination === b.destination && isSameBody(a.body, b.body)

/** What the server says itself is told as it is; a close without a reason is not. */
const errorOf = (end: AppError, host: string): AppError =>
  end.code === 'connection-lost'
    ? { code: 'server-hangs-up', params: { host }, ...(end.detail !== undefined && { detail: end.detail }) }
    : end

/** The reason is certain, where there is one suspect alone. */
const isTooLarge = ({ code }: AppError): boolean =>
  code === 'frame-too-large' || code === 'delivery-too-large'

/** @param host name and port of the server, for the error. */
export const createPoison = (host: () => string): Poison => {
  const refused = new Map<string, AppError>()
  /** Destinations that are refused because a session ended, not because the server said so. */
  const blamed = new Set<string>()
  let lastEnd = ''
  let equalEnds = 0
  /** The frame that was the only suspect at the last end. */
  let suspect: SentFrame | null = null

  const cleared = (): void => {
    lastEnd = ''
    equalEnds = 0
    suspect = null
  }
  const refuse = (destination: string, error: AppError): void => {
    if (refused.size < mostRefused) refused.set(destination, error)
  }

  /** The server ends sessions without the frames that were blamed as well: they were not the reason. */
  const acquit = (): void => {
    for (const destination of blamed) refused.delete(destination)
    blamed.clear()
  }

  return {
    isSuspected: () => equalEnds >= suspicious,
    refusal: destination => refused.get(destination),
    ended(end, suspects) {
      const words = `${end.code} ${end.detail ?? ''}`
      // A server that goes down, or has dealt with everything, blames no frame.
      if (suspects.length === 0 || end.code === 'host-closing') {
        if (words === lastEnd) acquit()
        cleared()
        return null
      }
      equalEnds = words === lastEnd ? equalEnds + 1 : 1
      lastEnd = words
      const before = suspect
      suspect = suspects.length === 1 ? (suspects[0] ?? null) : null
      if (!suspect) return null
      if (!isSameFrame(suspect, before) && !isTooLarge(end)) return null
      const culprit = { frame: suspect, error: errorOf(end, host()) }
      suspect = null
      if (culprit.frame.command === 'SUBSCRIBE') {
        blamed.add(culprit.frame.destination)
        refuse(culprit.frame.destination, culprit.error)
      }
      return culprit
    },
    refuse,
    cleared,
    retry(destination) {
      refused.delete(destination)
      blamed.delete(destination)
    },
    forget() {
      refused.clear()
      blamed.clear()
      cleared()
    },
  }
}
