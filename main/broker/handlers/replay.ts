/** The history of a stream for one subscriber, and its way over to live messages. */
import { ProtocolError } from '../frames/protocol-error.ts'
import type { StreamStore } from '../options/hooks.ts'

/** Entries that are read at once. */
const entriesOfARead = 64
/** Most bytes of one turn, so that others get theirs in between. */
const bytesOfATurn = 128 * 1024

/** Where in a history to begin; the timestamp in Unix seconds. */
export type Start = 'first' | 'last' | 'next' | { offset: number } | { timestamp: number }

/** @param header `x-stream-offset` of a SUBSCRIBE. @returns null where it has none. */
export const parseStart = (header: string | undefined): Start | null => {
  if (header === undefined) return null
  if (header === 'first' || header === 'last' || header === 'next') return header
  const [, kind, digits] = /^(offset|timestamp)=(\d{1,15})$/.exec(header) ?? []
  if (kind === 'offset') return { offset: Number(digits) }
  if (kind === 'timestamp') return { timestamp: Number(digits) }
  throw new ProtocolError(
    'Bad x-stream-offset',
    'x-stream-offset is one of first, last, next, offset=<number> and timestamp=<Unix seconds>.',
  )
}

/** @returns the offset of the first message to send; `last` is the newest. */
export const offsetOf = (store: StreamStore, destination: string, start: Start): number => {
  const { first, next } = store.bounds(destination)
  if (start === 'first') return first
  if (start === 'last') return Math.max(first, next - 1)
  if (start === 'next') return next
  if ('timestamp' in start) return store.offsetAt(destination, start.timestamp * 1000)
  return Math.min(Math.max(first, start.offset), next)
}

/**
 * Sends the entries from `offset` on, in later turns, at the pace at which the peer takes them. When none is left, calls `live` with the
 * offset of the message to come, in the same turn: nothing can be published in between.
 * @returns what ends the replay.
 */
export const replay = <Entry>(from: {
  /** @returns up to `limit` entries from `offset` on, in order. */
  read: (offset: number, limit: number) => readonly Entry[]
  /** @returns the offset that the next entry will get. */
  next: () => number
  offsetOf: (entry: Entry) => number
  offset: number
  /** @returns how many bytes that was, roughly. */
  deliver: (entry: Entry) => number
  /** Calls once, in a later turn, when the reader can take more. */
  whenReady: (run: () => void) => void
  /** It waits no more. */
  stopWaiting: (run: () => void) => void
  live: (next: number) => void
}): (() => void) => {
  const { read, deliver, whenReady, stopWaiting, live } = from
  let offset = from.offset
  let next = from.next()
  let ended = false

  /** @returns whether there were fewer entries than it may send. */
  const sendSome = (mostEntries: number): boolean => {
    let [entriesLeft, bytesLeft] = [mostEntries, bytesOfATurn]
    while (entriesLeft > 0 && bytesLeft > 0) {
      const entries = read(offset, entriesOfARead)
      if (entries.length === 0) return true
      for (const entry of entries) {
        bytesLeft -= deliver(entry)
        offset = from.offsetOf(entry) + 1
        entriesLeft--
        if (bytesLeft <= 0) break
      }
    }
    return false
  }
  const turn = (): void => {
    if (ended) return
    // Twice what has come meanwhile, so that it catches up with whoever publishes.
    const before = next
    next = from.next()
    const atEnd = sendSome(Math.max(entriesOfARead, 2 * (next - before)))
    if (atEnd) goLive()
    else whenReady(turn)
  }
  const goLive = (): void => {
    // Its reader may have been closed by what it was sent.
    if (!ended) live(Math.max(offset, next))
    ended = true
  }
  whenReady(turn)
  return () => {
    ended = true
    stopWaiting(turn)
  }
}
