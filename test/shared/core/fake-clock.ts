/** A clock that stands still until a test moves it. */
import type { Clock } from '../../../shared/core/ports.ts'

export interface FakeClock extends Clock {
  /** Moves on by `ms`; what falls due runs in order. */
  advance(ms: number): void
  /** Sets the wall's clock without running anything, as a person does. */
  setWall(now: number): void
  /** How many timers wait. */
  waiting(): number
}

export const fakeClock = (start = 1_790_000_000_000): FakeClock => {
  let elapsed = 0
  let wall = start
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => wall,
    after(delay, run) {
      const timer = { at: elapsed + delay, run }
      timers.push(timer)
      return () => {
        timers = timers.filter(each => each !== timer)
      }
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const [next] = timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        timers = timers.filter(timer => timer !== next)
        wall += next.at - elapsed
        elapsed = next.at
        next.run()
      }
      wall += end - elapsed
      elapsed = end
    },
    setWall(now) {
      wall = now
    },
    waiting: () => timers.length,
  }
}
