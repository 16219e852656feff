import { useSyncExternalStore } from 'react'

/**
 * @param every milliseconds between two readings.
 * @returns the time in milliseconds since the epoch, updated as it passes, and rounded down to `every`.
 */
export const useNow = (every: number): number =>
  useSyncExternalStore(
    changed => {
      const timer = setInterval(changed, Math.min(every, 1000))
      return () => clearInterval(timer)
    },
    () => Math.floor(Date.now() / every) * every,
  )
