import type { WritableDatabase } from '../sqlite/database.ts'

/** Pages of the index that are merged in one step: about ten milliseconds of work, so that no query waits long. */
const atOnce = 16

/**
 * Erases deleted messages from the disk, in steps while the thread is idle: the index keeps their words until its segments are merged, and
 * the write-ahead log keeps their text until it is rewritten. The file itself is overwritten at once (`secure_delete`).
 * @returns a function to call after every deletion. It also finishes the work that an earlier run of the app has left.
 */
export const createErasing = (db: WritableDatabase): (() => void) => {
  /** Blocks from this number on record deletions that are not merged yet: FTS5_TOMBSTONE_ROWID in SQLite's `fts5_index.c`. */
  const isLeft = db
    .prepare<[], 0 | 1>('SELECT EXISTS (SELECT 1 FROM search_data WHERE id >= 65536 << 37)')
    .pluck()
  /** Negative: merges all segments of the index, as `optimize` does (https://sqlite.org/fts5.html#the_merge_command). */
  const merge = db.prepare<[number]>(`INSERT INTO search (search, rank) VALUES ('merge', ?)`)
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  let isRunning = false

  /** @returns whether anything was merged. */
  const mergeSome = (): boolean => {
    const before = changes.get() ?? 0
    merge.run(-atOnce)
    return (changes.get() ?? 0) - before > 1
  }
  const step = (): void => {
    isRunning = false
    if (!db.open) return
    try {
      if (isLeft.get() === 1 && mergeSome()) begin()
      else db.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // A full disk, or a damaged index, which the next search rebuilds: starts again after the next deletion.
    }
  }
  const begin = (): void => {
    if (isRunning) return
    isRunning = true
    setImmediate(step)
  }
  begin()
  return begin
}
