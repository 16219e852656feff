import { expect, test } from 'vitest'
import { portOf } from '../../../renderer/host/port.ts'
import { uptimeOf } from '../../../renderer/host/uptime.ts'

const minute = 60_000
const shown = (duration: number): string =>
  uptimeOf(duration)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(' ')

test.each([
  [-5, '0 minutes'],
  [59_999, '0 minutes'],
  [minute, '1 minutes'],
  [60 * minute, '1 hours'],
  [134 * minute, '2 hours 14 minutes'],
  [24 * 60 * minute, '1 days'],
  [(24 * 60 + 5) * minute, '1 days'],
  [(3 * 24 * 60 + 61) * minute, '3 days 1 hours'],
])('%i ms are %s', (duration, text) => {
  expect(shown(duration)).toBe(text)
})

test.each([
  ['7070', 7070],
  ['0', 0],
  ['1024', 1024],
  ['65535', 65_535],
  ['80', null],
  ['65536', null],
  ['-1', null],
  ['7e3', null],
  ['', null],
])('the port %s is %s', (typed, port) => {
  expect(portOf(typed)).toBe(port)
})
