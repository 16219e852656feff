/** Announcements that are gathered: the first goes out at once, those that follow soon after it together. */

export interface Coalesced {
  /** There is something to announce. */
  touch(key: string): void
  /** Nothing is announced after it. */
  stop(): void
}

/**
 * @param interval milliseconds from one announcement of a key to its next one, at least.
 * @param announce makes one. @returns whether to come back after the interval even if nothing is touched.
 */
export const createCoalesced = (interval: number, announce: (key: string) => boolean): Coalesced => {
  const pauses = new Map<string, { again: boolean; timer: NodeJS.Timeout }>()
  let stopped = false

  const run = (key: string): void => {
    const timer = setTimeout(() => {
      pauses.delete(key)
      if (pause.again) run(key)
    }, interval).unref()
    const pause = { again: false, timer }
    pauses.set(key, pause)
    if (announce(key)) pause.again = true
  }

  return {
    touch: key => {
      if (stopped) return
      const pause = pauses.get(key)
      if (pause) pause.again = true
      else run(key)
    },
    stop: () => {
      stopped = true
      for (const { timer } of pauses.values()) clearTimeout(timer)
      pauses.clear()
    },
  }
}
