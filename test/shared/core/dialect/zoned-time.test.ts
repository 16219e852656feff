import { expect, test } from 'vitest'
import { readTime } from '../../../../shared/core/dialect/zoned-time.ts'

const seoul = 'Asia/Seoul'
const six = Date.UTC(2026, 10, 30, 6)

test.each<[written: unknown, zone: string | null, expected: number | null]>([
  ['2026-11-30T06:00:00Z', null, six],
  ['2026-11-30T15:00:00.000+09:00', null, six],
  ['2026-11-30 15:00:00 +0900', 'UTC', six],
  ['Mon, 30 Nov 2026 06:00:00 GMT', seoul, six],
  [six, null, six],
  [six / 1000, null, six],
  [String(six), null, six],
  [six * 1000 + 7, null, six],
  [String(six * 1000), null, six],
  // Of the day that is nearest to now.
  ['15:05', seoul, six + 5 * 60_000],
  ['15:05:09', seoul, six + 309_000],
  ['9:05', 'UTC', six + 185 * 60_000],
  ['23:00', 'UTC', six - 7 * 3_600_000],
  ['01:00', seoul, six - 14 * 3_600_000 + 24 * 3_600_000],
  ['15:05', null, null],
  ['24:00', seoul, null],
  // Without a zone: only where it is known.
  ['2026-11-30T06:00:00.123456', null, null],
  ['2026-11-30T06:00:00.123456', 'UTC', six + 123],
  ['2026-11-30T15:00:00.123456', seoul, six + 123],
  ['2026-11-30 15:00', seoul, six],
  ['2026/11/30 15:00:00', seoul, six],
  [[2026, 11, 30, 15, 0], seoul, six],
  [[2026, 11, 30, 15, 0, 1, 500_000_000], seoul, six + 1500],
  [[2026, 11, 30, 15, 0], null, null],
  // Summer time begins, and ends.
  ['2026-03-29T01:59:59', 'Europe/Berlin', Date.UTC(2026, 2, 29, 0, 59, 59)],
  ['2026-03-29T03:00:00', 'Europe/Berlin', Date.UTC(2026, 2, 29, 1)],
  ['2026-10-25T04:00:00', 'Europe/Berlin', Date.UTC(2026, 9, 25, 3)],
  // No times.
  ['2026-11-30', seoul, null],
  ['soon', seoul, null],
  ['99999999999999999999:00', seoul, null],
  ['1:00 '.repeat(20_000), seoul, null],
  [[2026, 11, 30, 15, 'x'], seoul, null],
  [[275_760, 9, 14, 0, 0], seoul, null],
  ['2026-11-30T06:00:00', 'Mars/Olympus', null],
  [0, null, null],
  [null, null, null],
  [{}, seoul, null],
])('%j in %s is %s', (written, zone, expected) => {
  expect(readTime(written, zone, six)).toBe(expected)
})
