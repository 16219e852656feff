/** Events on their way to a window: queued until it listens, numbered without a gap, several to one message of the channel. */
import type { AppEvent, EventBatch, EventName } from '../contract/api.ts'

/** Calls `run` once after `delay` milliseconds. @returns a function that cancels it. */
export type After = (delay: number, run: () => void) => () => void

/** Events that no snapshot holds: kept for a window that has not opened yet. The snapshot holds everything else. */
const untold = new Set<EventName>(['roomRequested', 'actionRequested', 'errorRaised'])

export interface EventBatches {
  push: (event: AppEvent) => void
  /** A window takes its snapshot now, and gets the events after it. @returns the sequence number of the snapshot. */
  open: () => number
  /** The window is gone, or reloads. */
  close: () => void
  /** The window does not answer: nothing is sent until {@link resume}. */
  hold: () => void
  resume: () => void
  /** What the window knows is out of date: it has to take a new snapshot. */
  outdate: () => void
}

export interface EventBatchOptions {
  send: (batch: EventBatch) => void
  after: After
  /** Milliseconds that the first event of a batch waits for others. */
  delay?: number
  /** A batch that has so many events goes out at once. */
  size?: number
  /** So many events may wait for a window that does not answer; beyond, they are dropped and it has to take a snapshot. */
  limit?: number
}

/**
 * Numbers are given when a batch is sent. Events that had to be dropped leave a gap in the numbers, by which the window
 * knows that it needs a new snapshot.
 */
export const createEventBatches = ({
  send,
  after,
  delay = 16,
  size = 100,
  limit = 10_000,
}: EventBatchOptions): EventBatches => {
  let waiting: AppEvent[] = []
  let state: 'closed' | 'open' | 'held' = 'closed'
  /** Whether events were dropped that the window was owed. */
  let lost = false
  let seq = 0
  let cancelFlush: (() => void) | null = null

  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = null
    while (state === 'open' && waiting.length > 0) {
      const events = waiting.splice(0, size)
      const first = seq + 1
      seq += events.length
      send({ first, events })
    }
  }
  const schedule = (): void => {
    if (waiting.length >= size) flush()
    else if (waiting.length > 0) cancelFlush ??= after(delay, flush)
  }
  const close = (): void => {
    state = 'closed'
    waiting = waiting.filter(event => untold.has(event.name))
  }

  /** Leaves out a number, so that the window takes a snapshot. */
  const leaveGap = (): void => {
    seq += 1
    send({ first: seq + 1, events: [] })
    lost = false
  }

  return {
    push: event => {
      if (state === 'closed' && !untold.has(event.name)) return
      waiting.push(event)
      if (state === 'open') schedule()
      else if (waiting.length > limit) {
        lost ||= state === 'held'
        close()
        waiting = waiting.slice(-size)
      }
    },
    open: () => {
      close()
      state = 'open'
      lost = false
      schedule()
      return seq
    },
    close: () => {
      close()
      lost = false
    },
    hold: () => {
      if (state === 'open') state = 'held'
    },
    resume: () => {
      if (lost) leaveGap()
      else if (state === 'held') {
        state = 'open'
        flush()
      }
    },
    outdate: () => {
      lost = state === 'held'
      if (state === 'open') leaveGap()
      if (state !== 'closed') close()
    },
  }
}
