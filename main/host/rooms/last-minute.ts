/** Counts the messages of the last minute in each room. */

/** The window, in seconds. */
const span = 60

export interface LastMinute {
  add(roomId: string): void
  /** @returns how many were added within the last minute. */
  count(roomId: string): number
}

/** @param now the clock, in milliseconds since the epoch; messages dated in the future do not count. */
export const createLastMinute = (now: () => number): LastMinute => {
  /** Messages by room and second. */
  const rooms = new Map<string, Map<number, number>>()
  const second = (): number => Math.floor(now() / 1_000)

  const forget = (roomId: string, seconds: Map<number, number>): void => {
    for (const each of seconds.keys()) if (each <= second() - span || each > second()) seconds.delete(each)
    if (seconds.size === 0) rooms.delete(roomId)
  }
  return {
    add: roomId => {
      const present = second()
      const seconds = rooms.get(roomId) ?? new Map<number, number>()
      const count = seconds.get(present) ?? 0
      seconds.set(present, count + 1)
      if (count > 0) return
      rooms.set(roomId, seconds)
      forget(roomId, seconds)
    },
    count: roomId => {
      const seconds = rooms.get(roomId)
      if (!seconds) return 0
      forget(roomId, seconds)
      return [...seconds.values()].reduce((sum, count) => sum + count, 0)
    },
  }
}
