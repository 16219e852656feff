import { vi } from 'vitest'

// Patience for machines that do much else; what holds, holds at once.
vi.setConfig({ testTimeout: 60_000 })

/** @returns what `check` returns as soon as it does not throw. */
export const until = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: 20_000, interval: 10 })
