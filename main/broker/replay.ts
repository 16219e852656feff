/** The history of a stream for one subscriber, and its way over to live messages. */
import { ProtocolError } from './protocol-error.ts'
import type { StreamEntry, StreamStore } from './hooks.ts'

/** Most entries and bytes of one turn, so that others get theirs in between. */
const entriesOfATurn = 64
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
 * Sends the entries from `offset` on, in later turns, at the pace at which the peer takes them. When none is left, calls `live` with the offset of the
 * message to come, in the same turn: nothing can be published in between.
 * @returns what ends the replay.
 */
export const replay = (from: {
  store: StreamStore
  destination: string
  offset: number
  deliver: (entry: StreamEntry) => void
  /** Calls once, in a later turn, when the reader can take more. */
  whenReady: (run: () => void) => void
  live: (next: number) => void
}): (() => void) => {
  const { store, destination, deliver, whenReady, live } = from
  let offset = from.offset
  let ended = false
  const turn = (): void => {
    if (ended) return
    const entries = store.read(destination, offset, entriesOfATurn)
    if (entries.length === 0) {
      ended = true
      live(Math.max(offset, store.bounds(destination).next))
      return
    }
    let bytes = 0
    for (const entry of entries) {
      deliver(entry)
      offset = entry.offset + 1
      bytes += entry.body.length
      if (bytes > bytesOfATurn) break
    }
    whenReady(turn)
  }
  whenReady(turn)
  return () => {
    ended = true
  }
}
