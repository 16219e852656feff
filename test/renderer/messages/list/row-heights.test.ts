import { expect, test } from 'vitest'
import { rowAt, RowHeights } from '../../../../renderer/messages/list/row-heights.ts'
import { buildRows } from '../../../../renderer/messages/row/rows.ts'
import { aMessage, messages } from '../../../shared/contract/examples.ts'

const rowsOf = (count: number) => buildRows(messages(1, count), { readUpTo: undefined, hasEarlier: false })

test('a row is as high as it was measured, and before that the higher the more it says', () => {
  const heights = new RowHeights()
  const [short, long] = ['short', 'long '.repeat(200)].map(
    content =>
      buildRows([aMessage(1), aMessage(2, { content })], { readUpTo: undefined, hasEarlier: true })[0],
  )
  if (!short || !long) throw new Error('no rows')
  expect(heights.of(long)).toBeGreaterThan(heights.of(short))
  heights.note(long, 17)
  expect(heights.of(long)).toBe(17)
})

test('rows start where the ones before them end', () => {
  const heights = new RowHeights()
  const rows = rowsOf(3)
  rows.forEach((row, index) => heights.note(row, [30, 50.5, 20, 22][index] ?? 0))
  expect([...heights.starts(rows)]).toEqual([0, 30, 80.5, 100.5, 122.5])
  expect([...heights.starts([])]).toEqual([0])
})

test('a row is found by where it starts, beyond the ends the nearest one', () => {
  const starts = new Float64Array([0, 30, 80, 100])
  expect([-5, 0, 29.9, 30, 79, 80, 99, 100, 1e6].map(offset => rowAt(starts, offset))).toEqual([
    0, 0, 0, 1, 1, 2, 2, 2, 2,
  ])
  expect(rowAt(new Float64Array([0]), 10)).toBe(0)
})

test('heights of rows that are gone are forgotten sooner or later, those of the others never', () => {
  const heights = new RowHeights()
  const rows = rowsOf(100)
  for (const row of rows) heights.note(row, 1)
  const [left, gone] = [rows.slice(0, 30), rows.slice(30)]
  heights.prune(left)
  expect(left.map(row => heights.of(row))).toEqual(left.map(() => 1))
  expect(gone.filter(row => heights.of(row) === 1)).toEqual([])
})
