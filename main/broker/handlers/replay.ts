/** Sends stored entries to one subscriber, as fast as it takes them. */
import type { Awaitable } from '../options/hooks.ts'
import type { ReadyWork } from '../transport/outbound.ts'

/** Entries per read of the store. */
const entriesPerRead = 64
/** The most bytes sent in one tick, so that others run in between. */
const bytesPerTick = 128 * 1024

/** A replay and its receiver. */
export interface ReplayOptions<Entry> {
  /** The number of the first entry to send. */
  start: Awaitable<number>
  /** @returns the entries from `from` on, in order: `limit` of them, or all that there are. */
  read: (from: number, limit: number) => Awaitable<readonly Entry[]>
  /** @returns the number of an entry; numbers rise. */
  numberOf: (entry: Entry) => number
  /** @returns how many entries were published since the last call. */
  published: () => number
  /** Sends an entry. @returns its size. Bytes, roughly. */
  deliver: (entry: Entry) => number
  /** Calls `run` once, in a later tick, when the reader can take more. */
  whenReady: (run: ReadyWork) => void
  /** Withdraws a `whenReady`. */
  stopWaiting: (run: ReadyWork) => void
  /** Called after the last entry of the store. @param next the number after it. @returns false to read again. */
  end: (next: number) => boolean
  /** Called when the store fails; the replay is over then. */
  failed: (thrown: unknown) => void
}

/**
 * Sends the entries of a store in later ticks, as fast as the peer takes them.
 * @returns a function that ends the replay.
 */
export const replay = <Entry>(options: ReplayOptions<Entry>): (() => void) => {
  const { read, numberOf, published, deliver, whenReady, stopWaiting, end, failed } = options
  let next = 0
  let ended = false

  /** @returns whether it has reached the end. */
  const sendSome = async (mostEntries: number): Promise<boolean> => {
    let [entriesLeft, bytesLeft] = [mostEntries, bytesPerTick]
    while (entriesLeft > 0 && bytesLeft > 0) {
      const entries = await read(next, entriesPerRead)
      if (ended) return false
      for (const entry of entries) {
        if (bytesLeft <= 0) return false
        bytesLeft -= deliver(entry)
        next = numberOf(entry) + 1
        entriesLeft--
      }
      if (entries.length < entriesPerRead) return true
    }
    return false
  }
  const fail = (thrown: unknown): void => {
    if (!ended) failed(thrown)
    ended = true
  }
  const tick = async (): Promise<void> => {
    try {
      // Twice as many as were published meanwhile, so that it catches up with the publishers.
      const atEnd = await sendSome(Math.max(entriesPerRead, 2 * published()))
      // Sending may have closed the reader.
      if (ended) return
      ended = atEnd && end(next)
      if (!ended) whenReady(tick)
    } catch (thrown) {
      fail(thrown)
    }
  }
  const begin = async (): Promise<void> => {
    next = await options.start
    if (!ended) whenReady(tick)
  }
  begin().catch(fail)
  return () => {
    ended = true
    stopWaiting(tick)
  }
}
