/** Takes the measure of the host once a second, as long as somebody wants it. */
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import { systemClock } from '../../broker/options/clock.ts'
import type { HostLog } from '../ports/options.ts'

/** Milliseconds from one measure to the next. */
const interval = 1_000

export interface Measuring {
  /** The first measure comes at once. Costs nothing while nobody listens. @returns what ends the listening. */
  onMeasured(listener: (measure: HostMeasure) => void): () => void
  /** No listener is called after it. */
  stop(): void
}

/** @param measure takes the measure. It is told the time in milliseconds, by a clock that is never set back. */
export const createMeasuring = (measure: (at: number) => HostMeasure, log: HostLog): Measuring => {
  const listeners = new Set<(measure: HostMeasure) => void>()
  let stopClock: (() => void) | null = null

  /** A figure that can't be had, as where the disk fails, is no end of the host. */
  const tell = (to: Iterable<(measure: HostMeasure) => void>): void => {
    try {
      const measured = measure(systemClock.now())
      for (const listener of to) listener(measured)
    } catch (thrown) {
      log.error('host not measured', { error: String(thrown) })
    }
  }
  const rest = (): void => {
    stopClock?.()
    stopClock = null
  }
  return {
    onMeasured: listener => {
      listeners.add(listener)
      stopClock ??= systemClock.every(interval, () => tell(listeners))
      tell([listener])
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) rest()
      }
    },
    stop: () => {
      listeners.clear()
      rest()
    },
  }
}
