/** How high the rows are: as they were measured last, and until then about as high as their text suggests. All in px. */
import { foldedLines, isFolded } from '../text/look.ts'
import type { Row } from '../row/rows.ts'

/** @returns about how high a row will be: good enough for the scroll bar. */
const estimate = (row: Row): number => {
  if (row.kind !== 'message') return 38
  const { content } = row.message
  const lines = isFolded(content) ? foldedLines + 1 : Math.ceil((content.length * 9.5) / 704) || 1
  return lines * 22 + (row.leads ? 36 : 2)
}

export class RowHeights {
  readonly #measured = new Map<string, number>()

  of(row: Row): number {
    return this.#measured.get(row.key) ?? estimate(row)
  }

  /** Notes the height of a row that is in the page. */
  note(row: Row, height: number): void {
    this.#measured.set(row.key, height)
  }

  /** @returns the start of each row, relative to the first one, and the end of the last one. */
  starts(rows: readonly Row[]): Float64Array<ArrayBuffer> {
    const starts = new Float64Array(rows.length + 1)
    let start = 0
    rows.forEach((row, index) => {
      start += this.of(row)
      starts[index + 1] = start
    })
    return starts
  }

  /** Forgets the rows that are not among `rows`, once they are more than those. */
  prune(rows: readonly Row[]): void {
    if (this.#measured.size <= 2 * rows.length) return
    const kept = new Set<string>(rows.map(row => row.key))
    for (const key of this.#measured.keys()) if (!kept.has(key)) this.#measured.delete(key)
  }
}

/** @param starts as {@link RowHeights.starts} gives them. @returns index of the row at `offset`; of the nearest one if there is none. */
export const rowAt = (starts: Float64Array, offset: number): number => {
  let [low, high] = [0, starts.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}
