/** Reads what can be read of a damaged table. */
import type Database from 'better-sqlite3'

/** A row by the names of its columns. */
export type Row = Record<string, unknown>

/** Queries that may fail before the rest of a table is given up: some hundred milliseconds. */
const mostFailures = 4000
/** A page has more rows than this one, so that no smaller range can have an undamaged page in its middle. */
const narrow = 8
/** The least that a row takes, by which the last row id is guessed if the table does not tell it. Bytes. */
const leastRow = 32

interface Range {
  /** The rows between these row ids, both exclusive, are unread. */
  low: number
  high: number
}

/** Walks along a range until its end or the damage, and narrows the range by the rows that it has read. */
class Walk {
  readonly #ascending: Database.Statement<[Range], Row>
  readonly #descending: Database.Statement<[Range], Row>

  constructor(db: Database.Database, table: string) {
    // An index may be damaged as well, and the table is a tree by row id already.
    const rows = `SELECT rowid AS "#", * FROM "${table}" NOT INDEXED WHERE rowid > @low AND rowid < @high ORDER BY rowid`
    this.#ascending = db.prepare(rows)
    this.#descending = db.prepare(`${rows} DESC`)
  }

  /** Throws where the damage begins. */
  *from(end: 'low' | 'high', range: Range): Generator<Row> {
    const rows = end === 'low' ? this.#ascending : this.#descending
    for (const row of rows.iterate(range)) {
      const rowid = Number(row['#'])
      // Damaged pages may lead in circles.
      if (!(rowid > range.low && rowid < range.high)) throw new RangeError('not in order')
      range[end] = rowid
      yield row
    }
  }
}

/** @returns the highest row id; null if the page that has it is damaged. */
const lastRowId = (db: Database.Database, table: string): number | null => {
  try {
    return db.prepare<[], number>(`SELECT ifnull(max(rowid), 0) FROM "${table}"`).pluck().get() ?? null
  } catch {
    return null
  }
}

/**
 * Reads a table from both ends up to the damage, and then what is between two damages by halving: a damaged page costs no more than its
 * own rows.
 * @param bytes the size of the file.
 * @returns the rows that can be read, each once, in no particular order. It never throws.
 */
export function* readableRows(db: Database.Database, table: string, bytes: number): Generator<Row> {
  let walk: Walk
  try {
    walk = new Walk(db, table)
  } catch {
    // The table is missing, or the schema can't be read.
    return
  }
  const last = lastRowId(db, table)
  const ranges: Range[] = [{ low: 0, high: last === null ? Number.MAX_SAFE_INTEGER : last + 1 }]
  let failures = 0
  for (const range of ranges) {
    for (const end of ['low', 'high'] as const) {
      try {
        yield* walk.from(end, range)
        range.low = range.high
      } catch {
        failures += 1
      }
      range.high = Math.min(range.high, range.low + bytes / leastRow)
    }
    if (failures > mostFailures) return
    const middle = Math.floor((range.low + range.high) / 2)
    if (range.high - range.low > narrow)
      ranges.push({ low: range.low, high: middle }, { low: middle - 1, high: range.high })
  }
}
