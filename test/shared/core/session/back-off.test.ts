import { expect, test } from 'vitest'
import { backOff } from '../../../../shared/core/session/back-off.ts'

test('grows, is capped, and is spread over the whole range', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 1000].map(attempt => backOff(attempt, 1))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
  expect([1, 6, 1000].map(attempt => backOff(attempt, 0))).toEqual([500, 500, 500])
  expect(backOff(6, 0.5)).toBe(15_250)
})
