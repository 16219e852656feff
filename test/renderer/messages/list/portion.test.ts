import { expect, test } from 'vitest'
import {
  isAmple,
  openingPortion,
  portionAt,
  spanOf,
  type Portion,
} from '../../../../renderer/messages/list/portion.ts'
import { RowHeights } from '../../../../renderer/messages/list/row-heights.ts'
import { buildRows } from '../../../../renderer/messages/row/rows.ts'
import { messages } from '../../../shared/contract/examples.ts'

const rowsOf = (from: number, to: number) =>
  buildRows(messages(from, to), { readUpTo: undefined, hasEarlier: true })
/** Rows of 50 px each. */
const fifty = (from: number, to: number) => {
  const heights = new RowHeights()
  const rows = rowsOf(from, to)
  for (const row of rows) heights.note(row, 50)
  return { heights, rows }
}

test('a portion means the same rows when others come before them, and at the end goes along', () => {
  const around: Portion = { key: 'm200', before: 10, after: 20 }
  const keysIn = (rows: ReturnType<typeof rowsOf>, portion: Portion) => {
    const { first, end } = spanOf(rows, portion)
    return rows.slice(first, end).map(({ key }) => key)
  }
  expect(keysIn(rowsOf(100, 300), around)).toEqual(keysIn(rowsOf(1, 300), around))
  expect(keysIn(rowsOf(100, 300), around).at(-1)).toBe('m219')
  expect(keysIn(rowsOf(100, 300), openingPortion).at(-1)).toBe('m300')
  expect(keysIn(rowsOf(100, 301), openingPortion).at(-1)).toBe('m301')
})

test('where its row is gone, a portion holds as many rows at the end', () => {
  expect(spanOf(rowsOf(1, 101), { key: 'gone', before: 10, after: 20 })).toEqual({ first: 90, end: 100 })
  expect(spanOf([], { key: 'gone', before: 10, after: 20 })).toEqual({ first: 0, end: 0 })
})

test('a portion is what is in view and some more on both sides', () => {
  const { heights, rows } = fifty(1, 300)
  expect(portionAt(rows, heights, 100, 800)).toEqual({ key: 'm102', before: 10, after: 26 })
  expect(portionAt(rows, heights, null, 800)).toEqual({ key: null, before: 26, after: 0 })
  expect(portionAt(rows, heights, 0, 800)).toMatchObject({ before: 0 })
  expect(spanOf(rows, portionAt(rows, heights, rows.length - 1, 800)).end).toBe(rows.length)
})

test('a portion stays while it reaches beyond the view, but not while it holds far more than that', () => {
  const middle = { first: 10, end: 50 }
  expect(isAmple(500, 500, middle, 100)).toBe(true)
  expect(isAmple(200, 500, middle, 100)).toBe(false)
  expect(isAmple(500, 200, middle, 100)).toBe(false)
  expect(isAmple(2000, 500, middle, 100)).toBe(false)
  expect(isAmple(500, 2000, middle, 100)).toBe(false)
  expect(isAmple(0, 0, { first: 0, end: 100 }, 100)).toBe(true)
})
