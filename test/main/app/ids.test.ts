import { afterEach, expect, test, vi } from 'vitest'
import { ids } from '../../../main/app/ids.ts'

afterEach(() => void vi.useRealTimers())

test('ids rise with the time, so that they stand together in an index', () => {
  vi.useFakeTimers()
  const made = Array.from({ length: 100 }, () => {
    vi.advanceTimersByTime(1)
    return ids.next()
  })
  expect(made.toSorted()).toEqual(made)
})

test('a secret tells nothing of the one before, nor of the time', () => {
  vi.useFakeTimers()
  const secrets = Array.from({ length: 1000 }, () => ids.secret())
  expect(new Set(secrets.map(secret => secret.slice(0, 8))).size).toBe(1000)
  expect(new Set(secrets.map(secret => secret.length))).toEqual(new Set([32]))
})
