/** Replays the history of a stream to one subscriber, then switches to live messages. */
import { ProtocolError } from '../frames/protocol-error.ts'
import type { StreamStore } from '../options/hooks.ts'

/** Entries per read of the store. */
const entriesPerRead = 64
/** The most bytes sent in one tick, so that others run in between. */
const bytesPerTick = 128 * 1024

/** Where in a history to begin; the timestamp is in Unix seconds. */
export type Start = 'first' | 'last' | 'next' | { offset: number } | { timestamp: number }

/** @param header `x-stream-offset` of a SUBSCRIBE. @returns null for undefined. @throws {ProtocolError} for any other value. */
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

/** @returns the offset of the first message to send; `last` means the newest. */
export const offsetOf = (store: StreamStore, destination: string, start: Start): number => {
  const { first, next } = store.bounds(destination)
  if (start === 'first') return first
  if (start === 'last') return Math.max(first, next - 1)
  if (start === 'next') return next
  if ('timestamp' in start) return store.offsetAt(destination, start.timestamp * 1000)
  return Math.min(Math.max(first, start.offset), next)
}

/**
 * Sends the entries from `offset` on, in later ticks, as fast as the peer takes them. After the last one it calls `live` with the next
 * offset, in the same tick, so that nothing is published in between.
 * @returns a function that ends the replay.
 */
export const replay = <Entry>(from: {
  /** @returns up to `limit` entries from `offset` on, in order. */
  read: (offset: number, limit: number) => readonly Entry[]
  /** @returns the offset of the next entry. */
  next: () => number
  offsetOf: (entry: Entry) => number
  offset: number
  /** Sends an entry. @returns its size. Bytes, roughly. */
  deliver: (entry: Entry) => number
  /** Calls `run` once, in a later tick, when the reader can take more. */
  whenReady: (run: () => void) => void
  /** Withdraws a `whenReady`. */
  stopWaiting: (run: () => void) => void
  live: (next: number) => void
}): (() => void) => {
  const { read, deliver, whenReady, stopWaiting, live } = from
  let offset = from.offset
  let next = from.next()
  let ended = false

  /** @returns whether it has reached the end. */
  const sendSome = (mostEntries: number): boolean => {
    let [entriesLeft, bytesLeft] = [mostEntries, bytesPerTick]
    while (entriesLeft > 0 && bytesLeft > 0) {
      const entries = read(offset, entriesPerRead)
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
  const tick = (): void => {
    if (ended) return
    // Twice as many as were published meanwhile, so that it catches up with the publishers.
    const before = next
    next = from.next()
    const atEnd = sendSome(Math.max(entriesPerRead, 2 * (next - before)))
    if (atEnd) goLive()
    else whenReady(tick)
  }
  const goLive = (): void => {
    // Sending may have closed the reader.
    if (!ended) live(Math.max(offset, next))
    ended = true
  }
  whenReady(tick)
  return () => {
    ended = true
    stopWaiting(tick)
  }
}
