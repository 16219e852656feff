import type { Clock } from '../../shared/core/ports.ts'

/** The time of this computer. */
export const clock: Clock = {
  now: () => Date.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
}
