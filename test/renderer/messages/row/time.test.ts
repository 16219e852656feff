import { expect, test } from 'vitest'
import { clockTime, fullTime, longDay, nearDay, shortDay } from '../../../../renderer/messages/row/time.ts'

const now = new Date(2026, 10, 22, 14, 16, 5).getTime()
const at = (month: number, day: number, year = 2026): number => new Date(year, month - 1, day, 9, 5).getTime()

test('times are of 24 hours', () => {
  expect([clockTime('en', now), clockTime('ko', at(1, 1))]).toEqual(['14:16', '09:05'])
  expect(fullTime('en', now)).toContain('14:16:05')
})

test('days are named by their distance in days, not in hours', () => {
  expect(nearDay(new Date(2026, 10, 22, 0, 0).getTime(), now)).toBe('today')
  expect(nearDay(new Date(2026, 10, 21, 23, 59).getTime(), now)).toBe('yesterday')
  expect(nearDay(at(11, 20), now)).toBeNull()
  expect(nearDay(at(2, 28), at(3, 1))).toBe('yesterday')
})

test('days are written as each language writes them, with the year where it is another', () => {
  expect(longDay('en', at(9, 10), now)).toMatch(/^Thursday,? 10 September$/u)
  expect(longDay('ko', at(9, 10), now)).toBe('9월 10일 목요일')
  expect(shortDay('ko', at(9, 10), now)).toBe('9월 10일')
  expect(shortDay('en', at(9, 10, 2025), now)).toBe('10 September 2025')
  expect(longDay('ko', at(9, 10, 2025), now)).toContain('2025년')
})
