/** Measures the host once a second while there are listeners. */
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import { systemClock } from '../../broker/options/clock.ts'
import type { HostLog } from '../ports/options.ts'

/** Milliseconds between two measurements. */
const interval = 1_000

export interface Measuring {
  /**
   * The first measurement comes at once. Costs nothing without listeners. @returns a function that removes the
   * listener.
   */
  onMeasured(listener: (measure: HostMeasure) => void): () => void
  /** Calls no listener afterwards. */
  stop(): void
}

/** @param measure takes a monotonic time in milliseconds and returns the measurement. */
export const createMeasuring = (measure: (at: number) => HostMeasure, log: HostLog): Measuring => {
  const listeners = new Set<(measure: HostMeasure) => void>()
  let stopClock: (() => void) | null = null

  /** A measurement may fail, for example with the disk; the host goes on. */
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
