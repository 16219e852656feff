/**
 * Finds the frame that makes a server close the connection: a message that is too large, or a destination that its user
 * may not use. Otherwise the client would reconnect, send the frame and lose the connection again forever, and
 * everything behind the frame would be stuck.
 */
import type { AppError } from '../../contract/errors.ts'

/** Equal closures in a row after which frames are sent one at a time. */
const suspicious = 2
/**
 * How often a subscription that the server took before may end the session until it is blamed: RabbitMQ closes the
 * connection of whoever asks for a stream while it still starts, or elects a leader. A server may also confirm and then
 * hang up, so a subscription counts fully only when the session has outlived its confirmation.
 */
const forgiveness = { settled: 10, unsettled: 3 }
/** The most destinations that are remembered as refused, and as taken. */
const mostRefused = 1000

/** A frame as it is compared across sessions. */
export interface SentFrame {
  command: 'SEND' | 'SUBSCRIBE'
  destination: string
  /** Empty for SUBSCRIBE. */
  body: string | Uint8Array
}

/** A frame that closes the connection, and the error for its sender. */
export interface Culprit {
  frame: SentFrame
  error: AppError
}

/**
 * The record of one server over several sessions. It is not stored: after a restart every room is tried again, because
 * the server may have been fixed; if not, that costs a few attempts. A message found guilty stays marked as failed.
 */
export interface Poison {
  /** @returns whether each frame has to wait for the answer to the previous one. */
  isSuspected: () => boolean
  /** @returns why this destination is no longer requested; undefined if it is. */
  refusal: (destination: string) => AppError | undefined
  /**
   * The server has ended a session that was online.
   * @param end the reason, as far as it is known.
   * @param suspects the frames that may have caused it, as {@link import('./receipts.ts').Receipts.suspects}.
   * @returns the frame that caused it; null if that is not certain.
   */
  ended: (end: AppError, suspects: readonly SentFrame[]) => Culprit | null
  /** The server has confirmed this SUBSCRIBE. @param isSettled whether the session has outlived that by a while. */
  took: (destination: string, isSettled: boolean) => void
  /** The server has refused this SUBSCRIBE explicitly, and closed the connection. */
  refuse: (destination: string, error: AppError) => void
  /** All frames sent one at a time were answered. */
  cleared: () => void
  /** The person wants to try it again. */
  retry: (destination: string) => void
  /** The server's address or the person's account has changed. */
  forget: () => void
}

const isSameBody = (a: SentFrame['body'], b: SentFrame['body']): boolean =>
  typeof a === 'string' || typeof b === 'string'
    ? a === b
    : a.length === b.length && a.every((byte, at) => byte === b[at])

/** @returns whether both are the same frame, sent twice. */
export const isSameFrame = (a: SentFrame, b: SentFrame | null): boolean =>
  a.command === b?.command && a.destination === b.destination && isSameBody(a.body, b.body)

/** A reason given by the server is reported unchanged; a closure without one gets its own error. */
const errorOf = (end: AppError, host: string): AppError =>
  end.code === 'connection-lost'
    ? { code: 'server-hangs-up', params: { host }, ...(end.detail !== undefined && { detail: end.detail }) }
    : end

/** With this error and a single suspect, the cause is certain. */
const isTooLarge = ({ code }: AppError): boolean =>
  code === 'frame-too-large' || code === 'delivery-too-large'

/** @param host name and port of the server, for the error. */
export const createPoison = (host: () => string): Poison => {
  const refused = new Map<string, AppError>()
  /** Destinations refused because a session ended, not because the server refused them. */
  const blamed = new Set<string>()
  /** The destinations that the server took, and how often each is still forgiven. */
  const taken = new Map<string, number>()
  let lastEnd = ''
  let equalEnds = 0
  /** The only suspect of the last closure. */
  let suspect: SentFrame | null = null

  const cleared = (): void => {
    lastEnd = ''
    equalEnds = 0
    suspect = null
  }
  const refuse = (destination: string, error: AppError): void => {
    if (refused.size < mostRefused) refused.set(destination, error)
  }

  /** @returns whether this closure is rather the fault of the server, which took the destination before. */
  const forgive = ({ command, destination }: SentFrame, end: AppError): boolean => {
    const left = command === 'SUBSCRIBE' ? taken.get(destination) : undefined
    if (left === undefined || left === 0 || end.code !== 'connection-lost') return false
    taken.set(destination, left - 1)
    return true
  }

  /** The server also ends sessions without the blamed frames, so those were not the cause. */
  const acquit = (): void => {
    for (const destination of blamed) refused.delete(destination)
    blamed.clear()
  }

  return {
    isSuspected: () => equalEnds >= suspicious,
    refusal: destination => refused.get(destination),
    ended(end, suspects) {
      const words = `${end.code} ${end.detail ?? ''}`
      // A server that shuts down, or has answered everything, blames no frame.
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
      if (forgive(suspect, end)) {
        cleared()
        return null
      }
      const culprit = { frame: suspect, error: errorOf(end, host()) }
      suspect = null
      if (culprit.frame.command === 'SUBSCRIBE') {
        blamed.add(culprit.frame.destination)
        refuse(culprit.frame.destination, culprit.error)
      }
      return culprit
    },
    took(destination, isSettled) {
      const isKnown = taken.has(destination)
      if (isKnown ? !isSettled : taken.size >= mostRefused) return
      taken.set(destination, isSettled ? forgiveness.settled : forgiveness.unsettled)
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
      taken.clear()
      cleared()
    },
  }
}
