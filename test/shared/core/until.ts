import { vi } from 'vitest'

/**
 * Waits patiently, because the machine may be busy with much else; what holds, holds at once.
 * @returns what `check` returns as soon as it neither throws nor returns false
 */
export const until = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(
    async () => {
      const value = await check()
      if (value === false) throw new Error('The condition did not come true in time.')
      return value
    },
    { timeout: 40_000, interval: 2 },
  )
