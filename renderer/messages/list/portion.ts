/** Which rows are in the page: those in view, and some more for the next bit of scrolling. */
import type { Row } from '../row/rows.ts'
import type { RowHeights } from './row-heights.ts'

/** So much of the list is in the page beyond each edge of the view, in px. */
const margin = 500

/** Rows around one of them. It names that row, so that it means the same rows when others come before them. */
export interface Portion {
  /** Null is the end of the list: the portion follows rows that are added there. */
  key: string | null
  /** Rows before that one. */
  before: number
  /** That one and those after it. */
  after: number
}

/** Rows from the index `first` to before the index `end`. */
export interface Span {
  first: number
  end: number
}

/** The portion in the page before the height of the view is known. */
export const openingPortion: Portion = { key: null, before: 40, after: 0 }

/** @returns the position of `portion` among `rows`; their end if its row is not among them any more. */
export const spanOf = (rows: readonly Row[], { key, before, after }: Portion): Span => {
  const found = key === null ? -1 : rows.findIndex(row => row.key === key)
  const at = found < 0 ? rows.length : found
  return { first: Math.max(0, at - before), end: Math.min(rows.length, at + after) }
}

/**
 * @param top index of the row at the top of the view; null if the view is at the end of the list.
 * @param view height of the view in px.
 */
export const portionAt = (
  rows: readonly Row[],
  heights: RowHeights,
  top: number | null,
  view: number,
): Portion => {
  const at = top ?? rows.length
  /** Counts rows from `at` on until they are `height` px high together. */
  const count = (step: 1 | -1, height: number): number => {
    let [rest, count] = [height, 0]
    for (let index = step > 0 ? at : at - 1; rest > 0; index += step, count++) {
      const row = rows[index]
      if (!row) break
      rest -= heights.of(row)
    }
    return count
  }
  return top === null
    ? { key: null, before: count(-1, view + margin), after: 0 }
    : { key: rows[top]?.key ?? null, before: count(-1, margin), after: count(1, view + margin) }
}

/**
 * @param above what is in the page above the view, in px; what is `below` it.
 * @returns whether that is enough, and not far too much, so that the portion can stay for now.
 */
export const isAmple = (above: number, below: number, { first, end }: Span, count: number): boolean =>
  (first === 0 || above >= margin / 2) &&
  (end === count || below >= margin / 2) &&
  above <= 3 * margin &&
  below <= 3 * margin
