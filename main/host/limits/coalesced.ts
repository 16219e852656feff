/** Coalesces announcements: the first is sent at once, later ones within the interval are combined. */

export interface Coalesced {
  /** Schedules an announcement for this key. */
  touch(key: string): void
  /** Stops all announcements. */
  stop(): void
}

/**
 * @param interval the least time between two announcements of a key, in milliseconds.
 * @param announce sends one. @returns whether to call it again after the interval without a touch.
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
